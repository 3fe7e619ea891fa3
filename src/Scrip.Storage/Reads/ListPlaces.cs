namespace Scrip.Storage.Reads;

/// <summary>
/// The lists that are being read. A list takes as long as its client likes and keeps a reader and an old state of the database meanwhile:
/// so each site has its share of places, each list has a time, and the oldest are cut when they cost too much.
/// </summary>
internal sealed class ListPlaces(int atOnce, int perSite, TimeSpan longest)
{
    private readonly FairPlaces places = new(atOnce, perSite, "whole lists");
    private readonly object gate = new();

    /// <summary>In the order in which they began.</summary>
    private readonly LinkedList<ListPlace> open = new();

    /// <exception cref="StorageException">No place became free in time.</exception>
    public async ValueTask<ListPlace> TakeAsync(long siteId, CancellationToken cancellationToken)
    {
        await places.TakeAsync(siteId, cancellationToken);
        var place = new ListPlace(longest, ended => End(siteId, ended));
        lock (gate)
            open.AddLast(place);
        return place;
    }

    /// <summary>
    /// Ends the oldest list, or the older half of several: one at a time, the log would grow while each of many slow lists is ended in
    /// turn. Does nothing while one that was cut has not let go.
    /// </summary>
    public void CutOldest()
    {
        List<ListPlace> oldest;
        lock (gate)
        {
            if (open.Any(place => place.Cut.IsCancellationRequested))
                return;
            oldest = [.. open.Take(Math.Max(1, open.Count / 2))];
        }
        oldest.ForEach(place => place.CutNow());
    }

    private void End(long siteId, ListPlace place)
    {
        lock (gate)
            open.Remove(place);
        places.GiveBack(siteId);
    }
}

/// <summary>A list's place; dispose of it when the list has ended.</summary>
internal sealed class ListPlace : IDisposable
{
    private readonly CancellationTokenSource cut;
    private readonly Action<ListPlace> end;
    private int isEnded;

    public ListPlace(TimeSpan longest, Action<ListPlace> end)
    {
        this.end = end;
        cut = new CancellationTokenSource(longest);
        Cut = cut.Token;
    }

    /// <summary>Cancelled when the list has taken too long, or costs too much.</summary>
    public CancellationToken Cut { get; }

    public static StorageException WasCut() =>
        new(StorageFault.Busy, "The list was cut: it took too long, or kept too much of the database's log from being trimmed.");

    public void CutNow()
    {
        try
        {
            // What ends a list must not hold up the thread that writes.
            _ = cut.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isEnded, 1) != 0)
            return;
        cut.Dispose();
        end(this);
    }
}
