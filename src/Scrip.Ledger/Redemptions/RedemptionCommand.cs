using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>An operation that moves money of one certificate. These operations share what is remembered of them and for how long.</summary>
public abstract record RedemptionCommand : Command<RedemptionOutcome>
{
    protected sealed override bool IsRemembered(RedemptionOutcome outcome) =>
        outcome.Verdict is not (RedemptionVerdict.NotFound or RedemptionVerdict.HoldExpiryOutOfRange);

    protected sealed override void WriteReceipt(RedemptionOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        receipt.Write7BitEncodedInt64(outcome.Evidence);
        if (outcome.Redemption is not { } redemption)
            return;
        receipt.Write7BitEncodedInt64(redemption.Id);
        receipt.Write7BitEncodedInt64(redemption.CertificateId);
        receipt.Write(redemption.Code.Text);
        receipt.Write(redemption.Reference);
        receipt.Write((byte)redemption.State);
        receipt.Write7BitEncodedInt64(redemption.Amount);
        receipt.Write7BitEncodedInt64(redemption.Captured);
        receipt.Write7BitEncodedInt64(redemption.Refunded);
        receipt.Write7BitEncodedInt64(redemption.Balance);
        receipt.Write(redemption.CreatedAt.UtcTicks);
        receipt.Write(redemption.HoldExpiresAt?.UtcTicks ?? 0);
    }

    protected sealed override RedemptionOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (RedemptionVerdict)receipt.ReadByte();
        var evidence = receipt.Read7BitEncodedInt64();
        if (verdict != RedemptionVerdict.Done)
            return new RedemptionOutcome(verdict, null, evidence);
        var redemption = new RedemptionLine(
            receipt.Read7BitEncodedInt64(), receipt.Read7BitEncodedInt64(), CertificateCode.FromStored(receipt.ReadString()),
            receipt.ReadString(), (RedemptionState)receipt.ReadByte(), receipt.Read7BitEncodedInt64(), receipt.Read7BitEncodedInt64(),
            receipt.Read7BitEncodedInt64(), receipt.Read7BitEncodedInt64(), new DateTimeOffset(receipt.ReadInt64(), TimeSpan.Zero),
            receipt.ReadInt64() is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
        return new RedemptionOutcome(verdict, redemption, evidence);
    }
}
