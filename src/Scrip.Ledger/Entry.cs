namespace Scrip.Ledger;

/// <summary>One line of the journal: something that happened to a certificate. Entries are never changed or removed.</summary>
/// <param name="Id">
/// 1, 2, 3 … in its site, in the order of commits. The issue of a certificate takes a number too, but has no row of its own.
/// </param>
/// <param name="PreviousId">
/// The certificate's previous entry; for its first entry, the number of its issue. A timeline can thus be walked back from its last entry,
/// and a missing entry is noticed.
/// </param>
/// <param name="RedemptionId">The redemption that the entry belongs to; 0 for none.</param>
/// <param name="Amount">
/// What moved, in minor units; negative if the balance goes down. A capture of a held amount repeats the amount that the hold took from the
/// balance: <paramref name="HeldAfter"/> falls and <paramref name="BalanceAfter"/> stays.
/// </param>
/// <param name="BalanceAfter">In minor units.</param>
/// <param name="HeldAfter">In minor units.</param>
/// <param name="FaceValueAfter">In minor units.</param>
/// <param name="Detail">What changed besides amounts, as JSON; see <see cref="EntryDetail"/>.</param>
/// <param name="CreatedAt">
/// When the entry took effect, by the clock of the server that wrote it. A hold ends at its own instant, whenever that is recorded. If a
/// clock was set back, an entry can be dated before one with a lower id; the ids keep the order.
/// </param>
public readonly record struct Entry(
    long Id,
    long CertificateId,
    long PreviousId,
    long RedemptionId,
    EntryKind Kind,
    long Amount,
    long BalanceAfter,
    long HeldAfter,
    long FaceValueAfter,
    string? Detail,
    long Actor,
    DateTimeOffset CreatedAt);

/// <summary>What happened. The numbers are stored: none is ever changed or reused.</summary>
public enum EntryKind
{
    Issued = 1,
    Adjusted = 2,
    Activated = 3,
    Deactivated = 4,
    Renamed = 5,
    Rescheduled = 6,
    Captured = 7,
    Held = 8,
    Released = 9,
    HoldExpired = 10,
    Refunded = 11,
    Forfeited = 12,

    /// <summary>What was spent of a certificate before it came here. Right after its issue, by the same write.</summary>
    Opening = 13,
}
