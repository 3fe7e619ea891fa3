namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Spends what is held, wholly or in part. It does not matter whether the certificate has expired or been switched off in the meantime: the
/// amount was promised while it could be spent.
/// </summary>
/// <param name="Amount">In minor units; null for all that is held.</param>
/// <param name="IsFinal">Whether to release what is not captured; otherwise it stays held for a later capture.</param>
public sealed record CaptureHold(long RedemptionId, long? Amount, bool IsFinal) : RedemptionStep(RedemptionId)
{
    private protected override Decision<RedemptionOutcome> Decide(LedgerState state, Redemption redemption, DateTimeOffset now)
    {
        if (redemption.State != RedemptionState.Held)
            return RedemptionOutcome.Refuse(RedemptionVerdict.HoldEnded, (long)redemption.State);
        var amount = Amount ?? redemption.Held;
        if (amount > redemption.Held)
            return RedemptionOutcome.Refuse(RedemptionVerdict.InsufficientBalance, redemption.Held);

        var rest = redemption.Held - amount;
        return Accept(
            state, redemption, now,
            posting =>
            {
                posting.SpendHeld(amount);
                var released = IsFinal ? rest : 0;
                if (released > 0)
                    posting.GiveBack(released, EntryKind.Released);
                posting.ForfeitRest(released, state.LastRedemptionId);
            },
            held => held with
            {
                Captured = held.Captured + amount,
                State = IsFinal || rest == 0 ? RedemptionState.Captured : RedemptionState.Held,
            });
    }
}
