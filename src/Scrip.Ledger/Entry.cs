namespace Scrip.Ledger;

/// <summary>One line of the journal: something that happened to a certificate after it was issued. Never changed, never removed.</summary>
/// <param name="Amount">In minor units, with its sign as seen from the balance; 0 where no money moved.</param>
/// <param name="BalanceAfter">In minor units.</param>
/// <param name="Before">What a <see cref="EntryKind.Renamed"/> or <see cref="EntryKind.Adjusted"/> entry replaced, as text.</param>
/// <param name="After">What it was replaced by.</param>
public sealed record Entry(
    long CertificateId,
    EntryKind Kind,
    long Amount,
    long BalanceAfter,
    string? Before,
    string? After,
    long Actor,
    DateTimeOffset CreatedAt);

/// <summary>The numbers are stored: none is changed or used again.</summary>
public enum EntryKind
{
    Adjusted = 2,
    Activated = 3,
    Deactivated = 4,
    Renamed = 5,
}
