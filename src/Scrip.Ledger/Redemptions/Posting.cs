using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Moves money of one certificate: each movement changes its balances and writes the entry that says so, and nothing else does either.
/// </summary>
internal sealed class Posting
{
    private readonly EntryWriter journal;
    private readonly DateTimeOffset at;
    private readonly long redemptionId;

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

    public void Refund(long amount, string? reason) =>
        Move(EntryKind.Refunded, amount, spent: -amount, detail: reason is null ? null : EntryDetail.Refund(reason));

    /// <summary>What a certificate for a single use still has after a capture is the shop's.</summary>
    public void ForfeitRest()
    {
        if (Certificate.Terms.SingleUse && Certificate.Balance > 0)
            Move(EntryKind.Forfeited, -Certificate.Balance, spent: Certificate.Balance);
    }

    /// <summary>What a hold gives back to a certificate for a single use that a capture has spent meanwhile is the shop's too.</summary>
    public void ForfeitGivenBack(long amount)
    {
        if (Certificate.Terms.SingleUse && Certificate.Spent > 0 && amount > 0)
            Move(EntryKind.Forfeited, -amount, spent: amount);
    }

    private void Move(EntryKind kind, long amount, long spent = 0, long held = 0, string? detail = null) =>
        Certificate = journal.Add(
            Certificate with { Spent = Certificate.Spent + spent, Held = Certificate.Held + held }, kind, amount, at, redemptionId, detail);
}
