namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Moves the end of a hold, earlier or later. No money moves; the journal records it as <see cref="EntryKind.Rescheduled"/>
/// (docs/decisions/0034-a-hold-is-rescheduled.md).
/// </summary>
public sealed record ExtendHold(long RedemptionId, DateTimeOffset HoldExpiresAt) : RedemptionStep(RedemptionId)
{
    public override Decision<RedemptionOutcome> Decide(LedgerState state, DateTimeOffset now) =>
        RedeemCertificate.CanEndHold(HoldExpiresAt, now)
            ? base.Decide(state, now)
            : RedemptionOutcome.Refuse(RedemptionVerdict.HoldExpiryOutOfRange);

    private protected override Decision<RedemptionOutcome> Decide(LedgerState state, Redemption redemption, DateTimeOffset now)
    {
        if (redemption.State != RedemptionState.Held)
            return RedemptionOutcome.Refuse(RedemptionVerdict.HoldEnded, (long)redemption.State);
        if (HoldExpiresAt == redemption.HoldExpiresAt)
            return new(RedemptionOutcome.Done(redemption, CertificateOf(state, redemption)), Changes.None);
        return Accept(
            state, redemption, now,
            posting => posting.Reschedule(redemption.HoldExpiresAt!.Value, HoldExpiresAt),
            held => held with { HoldExpiresAt = HoldExpiresAt });
    }
}
