using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>One line of the journal: something that happened to a certificate after it was issued. Never changed, never removed.</summary>
/// <param name="Id">1, 2, 3 … in its site, in the order of commits.</param>
/// <param name="PreviousId">
/// The certificate's entry before this one; 0 for its first. So the timeline of a certificate can be walked back from its last entry, and a
/// missing line shows.
/// </param>
/// <param name="Amount">In minor units, with its sign as seen from the balance; 0 where no money moved.</param>
/// <param name="BalanceAfter">In minor units.</param>
/// <param name="FaceValueAfter">In minor units.</param>
/// <param name="CodeBefore">Of a <see cref="EntryKind.Renamed"/> entry; otherwise null.</param>
/// <param name="CodeAfter">Likewise.</param>
public readonly record struct Entry(
    long Id,
    long CertificateId,
    long PreviousId,
    EntryKind Kind,
    long Amount,
    long BalanceAfter,
    long FaceValueAfter,
    CertificateCode? CodeBefore,
    CertificateCode? CodeAfter,
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
