namespace Scrip.Storage.Reads;

/// <summary>A number of places that the sites share: each has its share, and those who wait take turns by site.</summary>
/// <param name="what">What needs a place, in the plural, for messages.</param>
internal sealed class FairPlaces(int atOnce, int perSite, string what)
{
    /// <summary>A caller who waits longer is refused, and tries again later.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public const int WaitingPerSite = 64;

    private readonly object gate = new();
    private readonly FairQueue<TaskCompletionSource> queue = new(atOnce, perSite, WaitingPerSite);

    /// <exception cref="StorageException">The site has too many waiting, or no place became free in time.</exception>
    public async ValueTask TakeAsync(long siteId, CancellationToken cancellationToken)
    {
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource>? waiting;
        lock (gate)
        {
            waiting = queue.Add(siteId, granted);
            Grant();
        }
        if (waiting is null)
            throw Busy();
        if (granted.Task.IsCompleted)
            return;
        try
        {
            await granted.Task.WaitAsync(LongestWait, cancellationToken);
        }
        catch (Exception inVain) when (inVain is TimeoutException or OperationCanceledException)
        {
            lock (gate)
            {
                // It may have been granted a moment later.
                if (!queue.Remove(siteId, waiting))
                    queue.End(siteId);
                Grant();
            }
            if (inVain is TimeoutException)
                throw Busy();
            throw;
        }
    }

    public void GiveBack(long siteId)
    {
        lock (gate)
        {
            queue.End(siteId);
            Grant();
        }
    }

    private void Grant()
    {
        while (queue.TryTake(out var next))
            next.SetResult();
    }

    private StorageException Busy() => new(StorageFault.Busy, $"Too many {what} are under way, and none ended in time.");
}
