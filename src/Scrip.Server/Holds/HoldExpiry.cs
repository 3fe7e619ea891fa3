using Scrip.Ledger.Redemptions;
using Scrip.Server.Http;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Holds;

/// <summary>
/// A hold gives its amount back at the instant at which it runs out. A call that tells of balances, redemptions or entries settles
/// first: then what has run out is written, and every answer says the same. Where the database takes no writes, reads go on by what the
/// write would change (docs/decisions/0010-a-hold-that-ran-out.md).
/// </summary>
internal sealed class HoldExpiry(IStore store, WritePipeline pipeline, TimeProvider time)
{
    /// <summary>More than this of a site are not worked out for each read.</summary>
    private const int MostForeseen = 20_000;

    /// <summary>For what cannot be told without the write: the entries, and what is filtered or sorted by what it changes.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public async ValueTask SettleAsync(long siteId, CancellationToken cancellationToken)
    {
        if (await store.HasOverdueHoldsAsync(siteId, time.GetUtcNow(), cancellationToken))
            await pipeline.ExecuteAsync(ExpireHolds.Of(siteId), cancellationToken);
    }

    /// <summary>Settles the holds of one certificate; those of others do not matter to it.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public async ValueTask SettleAsync(long siteId, long certificateId, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(siteId, cancellationToken);
        }
        catch (StorageException)
        {
            if (await ForeseeAsync(siteId, cancellationToken) is not { } foreseen || foreseen.Concerns(certificateId))
                throw;
        }
    }

    /// <summary>Null once all is written; otherwise what is to be read into every certificate and redemption that is told.</summary>
    /// <exception cref="StorageException">It cannot be written, and not be read either, or there is too much of it.</exception>
    public async ValueTask<ForeseenExpiry?> SettleOrForeseeAsync(long siteId, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(siteId, cancellationToken);
            return null;
        }
        catch (StorageException)
        {
            if (await ForeseeAsync(siteId, cancellationToken) is not { } foreseen)
                throw;
            return foreseen;
        }
    }

    /// <summary>The sites that have something to settle.</summary>
    public ValueTask<IReadOnlyList<long>> FindUnsettledSitesAsync(CancellationToken cancellationToken) =>
        store.ReadSitesWithOverdueHoldsAsync(time.GetUtcNow(), cancellationToken);

    /// <summary>Settles one site and returns the holds that cannot end, for which somebody has to look at the data.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public async Task<IReadOnlyList<Redemption>> EndAsync(long siteId, CancellationToken cancellationToken)
    {
        var answer = await pipeline.ExecuteAsync(ExpireHolds.Of(siteId), cancellationToken);
        return answer.Outcome is HoldsExpired expired ? expired.Stuck : [];
    }

    private async ValueTask<ForeseenExpiry?> ForeseeAsync(long siteId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var overdue = await store.ReadOverdueHoldsAsync(siteId, now, MostForeseen, cancellationToken);
        return overdue.HasMoreOverdueHolds ? null : new ForeseenExpiry(overdue, now);
    }
}
