namespace Scrip.Ledger;

/// <summary>One line of the journal: something that happened to a certificate. Never changed, never removed.</summary>
/// <param name="Id">
/// 1, 2, 3 … in its site, in the order of commits. The issue of a certificate takes one too, and has no row of its own.
/// </param>
/// <param name="PreviousId">
/// The certificate's entry before this one; of its first, the one that issued it. So the timeline of a certificate can be walked back from
/// its last entry, and a missing line shows.
/// </param>
/// <param name="RedemptionId">The redemption it is about; 0 where it is about none.</param>
/// <param name="Amount">
/// What moved, in minor units: negative where it goes away from the balance. A capture of what was held moves what the hold had taken from
/// the balance before; then <paramref name="HeldAfter"/> falls and <paramref name="BalanceAfter"/> stays.
/// </param>
/// <param name="BalanceAfter">In minor units.</param>
/// <param name="HeldAfter">In minor units.</param>
/// <param name="FaceValueAfter">In minor units.</param>
/// <param name="Detail">What changed where no amount says it, as JSON; see <see cref="EntryDetail"/>.</param>
/// <param name="CreatedAt">
/// When it took effect, by the clock of the server that wrote it: a hold ends at its own instant, whenever that is written down. Where a
/// clock was set back, an entry is dated before one with a lower id; the ids keep the order.
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

/// <summary>The numbers are stored: none is changed or used again.</summary>
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
