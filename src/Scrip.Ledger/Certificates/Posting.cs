namespace Scrip.Ledger.Certificates;

/// <summary>
/// Moves the money of one certificate. Each movement changes the balances and writes the matching entry; nothing else does either.
/// </summary>
internal sealed class Posting
{
    private readonly EntryWriter journal;
    private readonly DateTimeOffset at;
    private readonly long redemptionId;

    /// <param name="redemptionId">0 if the movement belongs to no redemption.</param>
    /// <param name="at">When the movement takes effect.</param>
    /// <param name="updatedAt">When the movement is written: the same instant, except for a hold that ran out earlier.</param>
    public Posting(EntryWriter journal, Certificate certificate, long redemptionId, DateTimeOffset at, DateTimeOffset updatedAt)
    {
        this.journal = journal;
        this.redemptionId = redemptionId;
        this.at = at;
        Certificate = certificate with { Version = certificate.Version + 1, UpdatedAt = updatedAt };
    }

    /// <summary>The certificate after the movements so far.</summary>
    public Certificate Certificate { get; private set; }

    public void Spend(long amount) => Move(EntryKind.Captured, -amount, spent: amount);

    public void Hold(long amount) => Move(EntryKind.Held, -amount, held: amount);

    public void SpendHeld(long amount) => Move(EntryKind.Captured, -amount, spent: amount, held: -amount);

    public void GiveBack(long amount, EntryKind kind) => Move(kind, amount, held: -amount);

    /// <summary>Moves the end of the redemption's hold. No money moves.</summary>
    public void Reschedule(DateTimeOffset before, DateTimeOffset after) =>
        Move(EntryKind.Rescheduled, 0, detail: EntryDetail.HoldRescheduling(before, after));

    public void Refund(long amount, string? reason) =>
        Move(EntryKind.Refunded, amount, spent: -amount, detail: reason is null ? null : EntryDetail.Reason(reason));

    public void WriteOff(long amount, string? reason) =>
        Move(EntryKind.Forfeited, -amount, spent: amount, detail: reason is null ? null : EntryDetail.Reason(reason));

    /// <summary>
    /// Forfeits what is left when a capture spends a single-use certificate. What a refund brings back can be spent once more, but only by
    /// a redemption that begins afterwards; a further capture of an earlier redemption does not forfeit that.
    /// </summary>
    /// <param name="released">What this capture released of the redemption, in minor units.</param>
    /// <param name="lastRedemptionId">The site's last redemption id, this redemption included.</param>
    public void ForfeitRest(long released, long lastRedemptionId)
    {
        if (WasSpentSince)
        {
            ForfeitGivenBack(released);
        }
        else if (Certificate.Terms.SingleUse)
        {
            Forfeit(Certificate.Balance);
            Certificate = Certificate with { SpentAtRedemptionId = lastRedemptionId };
        }
    }

    /// <summary>Forfeits what comes back to a single-use certificate that a capture has spent in the meantime.</summary>
    public void ForfeitGivenBack(long amount)
    {
        if (Certificate.Terms.SingleUse && WasSpentSince)
            Forfeit(amount);
    }

    /// <summary>Whether a capture spent the certificate after this redemption had begun.</summary>
    private bool WasSpentSince => redemptionId <= Certificate.SpentAtRedemptionId;

    private void Forfeit(long amount)
    {
        if (amount > 0)
            Move(EntryKind.Forfeited, -amount, spent: amount);
    }

    private void Move(EntryKind kind, long amount, long spent = 0, long held = 0, string? detail = null) =>
        Certificate = journal.Add(
            Certificate with { Spent = Certificate.Spent + spent, Held = Certificate.Held + held }, kind, amount, at, redemptionId, detail);
}
