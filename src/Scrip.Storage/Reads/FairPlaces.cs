namespace Scrip.Storage.Reads;

/// <summary>A number of places that sites share. Each site has a maximum, and waiting callers take turns by site.</summary>
/// <param name="what">The kind of read that needs a place, in the plural, for messages.</param>
internal sealed class FairPlaces(int atOnce, int perSite, string what)
{
    /// <summary>How long a caller waits before it is refused.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public const int WaitingPerSite = 64;

    private readonly object gate = new();
    private readonly FairQueue<TaskCompletionSource> queue = new(atOnce, perSite, WaitingPerSite);

    /// <exception cref="StorageException">Too many callers of the site are waiting, or no place became free in time.</exception>
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
                // The place may have been granted in the meantime.
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

    private StorageException Busy() => new(StorageFault.Busy, $"Too many {what} are in progress, and none ended in time.");
}
