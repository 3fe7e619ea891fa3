using Scrip.Storage.Reads;

namespace Scrip.Storage.Postgres;

/// <summary>How much of a read there may be, which decides whom it may keep waiting.</summary>
internal enum ReadExtent
{
    /// <summary>A few rows that are found by a key. It waits for no other kind of read.</summary>
    Few,

    /// <summary>A page or a count: the server may walk through a table for it.</summary>
    Scan,

    /// <summary>As many rows as there are, for as long as the client takes.</summary>
    Whole,
}

/// <summary>
/// How the reads share the connections of the pool. Scans and whole lists have a part each, which the sites share by turns; together they
/// leave some for the reads of a few rows. Scans are few at once: each keeps one of the server's processors busy, which the writer needs.
/// </summary>
#pragma warning disable CA1001 // Semaphores hold nothing, and a list that outlives its store gives its place back later.
internal sealed class PostgresShares(int connections, TimeSpan longestList)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim all = new(connections, connections);
    private readonly FairPlaces scans = new(ScansOf(connections), perSite: Math.Max(1, ScansOf(connections) / 2), "pages and counts");
    private readonly ListPlaces lists = new(Math.Max(1, connections / 2), perSite: Math.Max(1, connections / 3), longestList);

    /// <exception cref="StorageException">No place became free in time, or the site has too many waiting.</exception>
    public async ValueTask<PostgresShare> TakeAsync(long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        var list = extent == ReadExtent.Whole ? await lists.TakeAsync(siteId, cancellationToken) : null;
        if (extent == ReadExtent.Scan)
            await scans.TakeAsync(siteId, cancellationToken);
        try
        {
            if (!await all.WaitAsync(FairPlaces.LongestWait, cancellationToken))
                throw new StorageException(StorageFault.Busy, "As many reads are under way as may be, and none ended in time.");
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

    /// <summary>Two at least, so that no site has all of them, unless nothing would be left for other reads.</summary>
    private static int ScansOf(int connections) => connections < 6 ? 1 : Math.Max(2, connections / 8);
}

/// <summary>A read's place among the connections; dispose of it, once, when the connection is free again.</summary>
internal sealed class PostgresShare(Action giveBack, CancellationToken cut) : IDisposable
{
    /// <summary>Cancelled when a whole list has taken too long.</summary>
    public CancellationToken Cut => cut;

    public void Dispose() => giveBack();
}
