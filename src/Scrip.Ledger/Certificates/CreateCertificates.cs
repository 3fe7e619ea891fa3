namespace Scrip.Ledger.Certificates;

/// <summary>One certificate to create.</summary>
/// <param name="FaceValue">In minor units.</param>
/// <param name="Terms">Null for <see cref="CertificateTerms.Unlimited"/>.</param>
/// <param name="SpentBefore">The amount that was spent before the certificate was imported, in minor units.</param>
public readonly record struct NewCertificate(
    CertificateCode Code, bool IsActive, long FaceValue, CertificateTerms? Terms = null, long SpentBefore = 0);

/// <summary>Issues certificates: all of them or none. The request was checked for repeated codes before.</summary>
public sealed record CreateCertificates(IReadOnlyList<NewCertificate> Items) : Command<CertificatesOutcome>
{
    /// <summary>The batch to create; null for none.</summary>
    public NewBatch? Batch { get; init; }

    public override int Weight => Items.Count;

    public override void AddTo(Footprint footprint) => footprint.AddNewCodes(Items);

    public override Decision<CertificatesOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var taken = new ItemFaults();
        for (var index = 0; index < Items.Count; index++)
        {
            if (state.HolderOf(Items[index].Code) is { } holder)
                taken.Add(index, ItemFaultKind.CodeTaken, holder);
        }
        if (taken.Any)
            return taken.Refuse(CertificatesVerdict.Conflict);

        var changes = CertificateIssue.Of(Items, state, Actor, now, Batch);
        return new(AcceptedFrom(state.LastCertificateId + 1, changes.NewBatch?.Id ?? 0), changes);
    }

    protected override void WriteReceipt(CertificatesOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        if (outcome.Verdict != CertificatesVerdict.Accepted)
        {
            CertificatesOutcome.WriteFaults(outcome.Faults, outcome.FaultyItems, receipt);
            return;
        }
        receipt.Write7BitEncodedInt64(outcome.Lines.Count == 0 ? 0 : outcome.Lines[0].Id);
        if (Batch is not null)
            receipt.Write7BitEncodedInt64(outcome.BatchId);
    }

    protected override CertificatesOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (CertificatesVerdict)receipt.ReadByte();
        return verdict == CertificatesVerdict.Accepted
            ? AcceptedFrom(receipt.Read7BitEncodedInt64(), Batch is null ? 0 : receipt.Read7BitEncodedInt64())
            : CertificatesOutcome.ReadFaults(verdict, receipt);
    }

    private CertificatesOutcome AcceptedFrom(long firstId, long batchId) => CertificatesOutcome.Accepted(new ComputedList<CertificateLine>(
        Items.Count,
        index => new(firstId + index, Items[index].Code, Items[index].IsActive, Items[index].FaceValue, Version: 1)))
        with { BatchId = batchId };
}
