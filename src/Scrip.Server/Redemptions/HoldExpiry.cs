using Scrip.Ledger.Redemptions;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Redemptions;

/// <summary>
/// A hold gives its amount back at the instant at which it runs out. Whoever is about to tell of balances, redemptions or entries settles
/// first: then what has run out is written, and every answer says the same.
/// </summary>
internal sealed class HoldExpiry(IStore store, WritePipeline pipeline, TimeProvider time)
{
    public async ValueTask SettleAsync(long siteId, CancellationToken cancellationToken)
    {
        if (await store.HasOverdueHoldsAsync(siteId, time.GetUtcNow(), cancellationToken))
            await pipeline.ExecuteAsync(ExpireHolds.Of(siteId), cancellationToken);
    }

    /// <summary>Settles every site that has something to settle.</summary>
    public async Task SettleAllAsync(CancellationToken cancellationToken)
    {
        foreach (var siteId in await store.ReadSitesWithOverdueHoldsAsync(time.GetUtcNow(), cancellationToken))
            await pipeline.ExecuteAsync(ExpireHolds.Of(siteId), cancellationToken);
    }
}
