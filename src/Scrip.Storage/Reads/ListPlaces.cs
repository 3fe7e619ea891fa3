namespace Scrip.Storage.Reads;

/// <summary>
/// The lists that are being read. A list takes as long as its client likes, and keeps a reader and an old state of the database for that
/// time. So each site has a maximum of places, each list has a time limit, and the oldest lists are cut when they cost too much.
/// </summary>
internal sealed class ListPlaces(int atOnce, int perSite, TimeSpan longest)
{
    private readonly FairPlaces places = new(atOnce, perSite, "whole lists");
    private readonly object gate = new();

    /// <summary>The open lists in the order in which they began.</summary>
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
    /// Cuts the older half of the open lists, at least one. Cutting them one at a time would let the log grow while each of many slow lists
    /// ends in turn. Does nothing while an earlier cut list is still open.
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

/// <summary>The place of a list. Dispose it when the list has ended.</summary>
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

    /// <summary>Cancelled when the list has taken too long or costs too much.</summary>
    public CancellationToken Cut { get; }

    public static StorageException WasCut() =>
        new(StorageFault.Busy, "The list was cut: it took too long, or kept too much of the database's log from being trimmed.");

    public void CutNow()
    {
        try
        {
            // Cancelled asynchronously: ending a list must not delay the writer thread.
            _ = cut.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The list has ended by itself.
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
