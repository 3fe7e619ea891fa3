using Scrip.Ledger.Redemptions;
using Scrip.Server.Http;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Holds;

/// <summary>
/// Ends overdue holds: a hold gives its amount back at the instant at which it runs out. A call that returns balances, redemptions or
/// entries settles first: overdue holds are written as ended, and all responses agree. If the database takes no writes, reads apply what
/// the write would change (docs/decisions/0010-a-hold-that-ran-out.md).
/// </summary>
internal sealed class HoldExpiry(IStore store, WritePipeline pipeline, TimeProvider time)
{
    /// <summary>The most overdue holds of a site that are computed for a read.</summary>
    private const int MostForeseen = 20_000;

    /// <summary>Settles a site for reads that require the write: entries, and lists filtered or sorted by what it changes.</summary>
    /// <exception cref="StorageException">The holds cannot be written.</exception>
    public async ValueTask SettleAsync(long siteId, CancellationToken cancellationToken)
    {
        if (await store.HasOverdueHoldsAsync(siteId, time.GetUtcNow(), cancellationToken))
            await pipeline.ExecuteAsync(ExpireHolds.Of(siteId), cancellationToken);
    }

    /// <summary>Settles a site for a list of certificates or redemptions.</summary>
    /// <param name="isByHolds">Whether a hold that runs out changes which rows are returned, or their order.</param>
    /// <returns>Null once everything is written; otherwise the changes to apply to every row.</returns>
    /// <exception cref="StorageException">The holds cannot be written, and the list requires it.</exception>
    public async ValueTask<ForeseenExpiry?> SettleForAsync(long siteId, bool isByHolds, CancellationToken cancellationToken)
    {
        if (!isByHolds)
            return await SettleOrForeseeAsync(siteId, cancellationToken);
        await SettleAsync(siteId, cancellationToken);
        return null;
    }

    /// <summary>Settles the holds of one certificate; those of others do not affect it.</summary>
    /// <param name="certificateId">Null for all certificates of the site.</param>
    /// <exception cref="StorageException">The holds cannot be written.</exception>
    public async ValueTask SettleAsync(long siteId, long? certificateId, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(siteId, cancellationToken);
        }
        catch (StorageException) when (certificateId is not null)
        {
            if (await ForeseeAsync(siteId, cancellationToken) is not { } foreseen || foreseen.Concerns(certificateId.Value))
                throw;
        }
    }

    /// <summary>
    /// Returns null once everything is written; otherwise the changes to apply to every certificate and redemption that is returned.
    /// </summary>
    /// <exception cref="StorageException">The holds cannot be written, and cannot be read either or are too many.</exception>
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

    /// <summary>Finds the sites that have something to settle.</summary>
    public ValueTask<IReadOnlyList<long>> FindUnsettledSitesAsync(CancellationToken cancellationToken) =>
        store.ReadSitesWithOverdueHoldsAsync(time.GetUtcNow(), cancellationToken);

    /// <summary>Settles one site and returns the holds that cannot end, for which an operator must inspect the data.</summary>
    /// <exception cref="StorageException">The holds cannot be written.</exception>
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
