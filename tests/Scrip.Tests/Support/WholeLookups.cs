using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Support;

/// <summary>Transactions that presume nothing: they look up all that their footprint names.</summary>
internal static class WholeLookups
{
    public static ILedgerTransaction Begin(this ILedgerWriter store, long siteId, Footprint footprint, DateTimeOffset now) =>
        store.Begin(siteId, new GroupLookup(footprint), now);

    public static LedgerState Join(this ILedgerTransaction transaction, long siteId, Footprint footprint, DateTimeOffset now) =>
        transaction.Join(siteId, new GroupLookup(footprint), now);
}
