namespace Scrip.Ledger.Redemptions;

/// <summary>Releases all that is still held. What was captured before stays captured and can be refunded.</summary>
public sealed record ReleaseHold(long RedemptionId) : RedemptionStep(RedemptionId)
{
    private protected override Decision<RedemptionOutcome> Decide(LedgerState state, Redemption redemption, DateTimeOffset now)
    {
        if (redemption.State != RedemptionState.Held)
            return RedemptionOutcome.Refuse(RedemptionVerdict.HoldEnded, (long)redemption.State);
        return Accept(
            state, redemption, now,
            posting =>
            {
                posting.GiveBack(redemption.Held, EntryKind.Released);
                posting.ForfeitGivenBack(redemption.Held);
            },
            held => held with { State = RedemptionState.Released });
    }
}
