using Scrip.Storage.Reads;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Divides the connections of the pool among the reads. Scans and whole lists have a part each, which the sites share by turns; together
/// they leave some for reads of a few rows. Few scans run at once, because each occupies one of the server's processors, which the writer
/// needs.
/// </summary>
#pragma warning disable CA1001 // Semaphores hold nothing, and a list that outlives its store gives its place back later.
internal sealed class PostgresShares(int connections, TimeSpan longestList)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim all = new(connections, connections);
    private readonly FairPlaces scans = new(ScansOf(connections), perSite: Math.Max(1, ScansOf(connections) / 2), "pages and counts");
    private readonly ListPlaces lists = new(Math.Max(1, connections / 2), perSite: Math.Max(1, connections / 3), longestList);

    /// <exception cref="StorageException">No place became free in time, or too many callers of the site are waiting.</exception>
    public async ValueTask<PostgresShare> TakeAsync(long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        var list = extent == ReadExtent.Whole ? await lists.TakeAsync(siteId, cancellationToken) : null;
        if (extent == ReadExtent.Scan)
            await scans.TakeAsync(siteId, cancellationToken);
        try
        {
            if (!await all.WaitAsync(FairPlaces.LongestWait, cancellationToken))
                throw new StorageException(StorageFault.Busy, "Too many reads are in progress, and none ended in time.");
        }
        catch
        {
            GiveBackPart();
            throw;
        }
        return new PostgresShare(GiveBack, list?.Cut ?? CancellationToken.None);

        void GiveBack()
        {
            all.Release();
            GiveBackPart();
        }

        void GiveBackPart()
        {
            list?.Dispose();
            if (extent == ReadExtent.Scan)
                scans.GiveBack(siteId);
        }
    }

    /// <summary>At least two, so that no site has all of them, unless that would leave nothing for other reads.</summary>
    private static int ScansOf(int connections) => connections < 6 ? 1 : Math.Max(2, connections / 8);
}

/// <summary>The place of a read among the connections. Dispose it, once, when the connection is free again.</summary>
internal sealed class PostgresShare(Action giveBack, CancellationToken cut) : IDisposable
{
    /// <summary>Cancelled when a whole list has taken too long.</summary>
    public CancellationToken Cut => cut;

    public void Dispose() => giveBack();
}
