namespace Scrip.Ledger.Certificates;

/// <summary>
/// Moves money of one certificate: each movement changes its balances and writes the entry that says so, and nothing else does either.
/// </summary>
internal sealed class Posting
{
    private readonly EntryWriter journal;
    private readonly DateTimeOffset at;
    private readonly long redemptionId;

    /// <param name="redemptionId">0 where the movement is about none.</param>
    /// <param name="at">When it takes effect.</param>
    /// <param name="updatedAt">When it is written: the same, but for a hold that ran out before anyone looked.</param>
    public Posting(EntryWriter journal, Certificate certificate, long redemptionId, DateTimeOffset at, DateTimeOffset updatedAt)
    {
        this.journal = journal;
        this.redemptionId = redemptionId;
        this.at = at;
        Certificate = certificate with { Version = certificate.Version + 1, UpdatedAt = updatedAt };
    }

    /// <summary>As the movements so far have left it.</summary>
    public Certificate Certificate { get; private set; }

    public void Spend(long amount) => Move(EntryKind.Captured, -amount, spent: amount);

    public void Hold(long amount) => Move(EntryKind.Held, -amount, held: amount);

    public void SpendHeld(long amount) => Move(EntryKind.Captured, -amount, spent: amount, held: -amount);

    public void GiveBack(long amount, EntryKind kind) => Move(kind, amount, held: -amount);

    /// <summary>Moves no money, only the end of the redemption's hold.</summary>
    public void Reschedule(DateTimeOffset before, DateTimeOffset after) =>
        Move(EntryKind.Rescheduled, 0, detail: EntryDetail.HoldRescheduling(before, after));

    public void Refund(long amount, string? reason) =>
        Move(EntryKind.Refunded, amount, spent: -amount, detail: reason is null ? null : EntryDetail.Reason(reason));

    public void WriteOff(long amount, string? reason) =>
        Move(EntryKind.Forfeited, -amount, spent: amount, detail: reason is null ? null : EntryDetail.Reason(reason));

    /// <summary>
    /// A capture spends a certificate for a single use: what is left is the shop's. What a refund brings back can be spent once more, by an
    /// order that begins after that; a further capture of one that began before takes nothing of it.
    /// </summary>
    /// <param name="released">Of the redemption, by this capture.</param>
    /// <param name="lastRedemptionId">Of the site, this redemption included.</param>
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

    /// <summary>What comes back to a certificate for a single use that a capture has spent meanwhile is the shop's too.</summary>
    public void ForfeitGivenBack(long amount)
    {
        if (Certificate.Terms.SingleUse && WasSpentSince)
            Forfeit(amount);
    }

    /// <summary>By a capture that came after this redemption had begun.</summary>
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
