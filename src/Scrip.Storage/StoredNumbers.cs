using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage;

/// <summary>
/// Converts stored numbers to enum values. It never fails: a number that this version does not know becomes a value without a name, so that
/// it only affects a caller that needs its meaning.
/// </summary>
internal static class StoredNumbers
{
    private const Scopes KnownScopes =
        Scopes.CertificatesRead | Scopes.CertificatesWrite | Scopes.RedemptionsWrite | Scopes.ReportsRead | Scopes.Admin;

    public static EntryKind ToEntryKind(long stored) => (EntryKind)ToInt32(stored);

    public static BatchSource ToBatchSource(long stored) => (BatchSource)ToInt32(stored);

    public static RedemptionState ToRedemptionState(long stored) => (RedemptionState)ToInt32(stored);

    /// <summary>Ignores scopes that this version does not know: they permit nothing here.</summary>
    public static Scopes ToScopes(long stored) => (Scopes)(stored & (long)KnownScopes);

    private static int ToInt32(long stored) => (int)Math.Clamp(stored, int.MinValue, int.MaxValue);
}
