namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Gives captured money back to the certificate, whether or not it is active or has expired; its expiry stays. All refunds together never
/// exceed what was captured.
/// </summary>
/// <param name="Amount">In minor units; null for all that is captured and not yet refunded.</param>
/// <param name="Reason">Why, in words for people. It appears in the journal.</param>
public sealed record RefundRedemption(long RedemptionId, long? Amount, string? Reason) : RedemptionStep(RedemptionId)
{
    private protected override Decision<RedemptionOutcome> Decide(LedgerState state, Redemption redemption, DateTimeOffset now)
    {
        var amount = Amount ?? redemption.Refundable;
        if (amount == 0 || amount > redemption.Refundable)
            return RedemptionOutcome.Refuse(RedemptionVerdict.InsufficientBalance, redemption.Refundable);
        return Accept(
            state, redemption, now,
            posting => posting.Refund(amount, Reason),
            captured => captured with { Refunded = captured.Refunded + amount });
    }
}
