namespace Scrip.Storage.Reads;

/// <summary>
/// The threads that scan tables: few, and with low priority. An in-process database works on its caller's thread, and a scan on a pool
/// thread would take it from everything else that needs one, including payments and health checks.
/// </summary>
internal sealed class ScanThreads : IDisposable
{
    private readonly object gate = new();
    private readonly FairQueue<Scan> queue;
    private readonly Thread[] threads;
    private bool closed;

    public ScanThreads()
    {
        // One site never gets all of them.
        var count = Math.Max(2, Environment.ProcessorCount - 1);
        queue = new FairQueue<Scan>(count, count - 1, FairPlaces.WaitingPerSite);
        threads = new Thread[count];
        for (var at = 0; at < count; at++)
        {
            threads[at] = new Thread(Run) { Name = "Scrip scan", IsBackground = true };
            threads[at].Start();
        }
    }

    /// <summary>
    /// Runs a part of a read on one of the threads. If it is cancelled while it waits, it never begins; once begun, the read itself must
    /// observe the token. The task completes when no thread is working on the read any more.
    /// </summary>
    /// <param name="longestWait">How long it may wait to begin; infinite for the continuation of an accepted read.</param>
    /// <exception cref="StorageException">Too many scans of the site are waiting, or the read did not begin in time.</exception>
    public async Task<T> RunAsync<T>(long siteId, Func<T> read, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var scan = new Scan<T>(siteId, read);
        LinkedListNode<Scan>? waiting;
        lock (gate)
        {
            if (closed)
                throw new StorageException(StorageFault.Unavailable, "The server is shutting down.");
            waiting = queue.Add(siteId, scan, isBegun: longestWait == Timeout.InfiniteTimeSpan);
            Monitor.Pulse(gate);
        }
        if (waiting is null)
            throw Busy();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(longestWait);
        using (patience.Token.UnsafeRegister(_ => Abandon(scan, waiting, cancellationToken), null))
            return await scan.Result;
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
        foreach (var thread in threads)
            thread.Join();
    }

    private void Abandon(Scan scan, LinkedListNode<Scan> waiting, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!queue.Remove(scan.SiteId, waiting))
                return;
        }
        scan.Fail(cancellationToken.IsCancellationRequested ? new OperationCanceledException(cancellationToken) : Busy());
    }

    private void Run()
    {
        LowPriority.TakeForThisThread();
        while (Take() is { } scan)
        {
            scan.Run();
            lock (gate)
                queue.End(scan.SiteId);
            scan.Tell();
        }
    }

    /// <summary>Null once everything is done and nothing more will come.</summary>
    private Scan? Take()
    {
        lock (gate)
        {
            while (true)
            {
                if (queue.TryTake(out var next))
                    return next;
                if (closed)
                    return null;
                Monitor.Wait(gate);
            }
        }
    }

    private static StorageException Busy() => new(StorageFault.Busy, "Too many scans of the site are waiting.");

    private abstract class Scan(long siteId)
    {
        public long SiteId => siteId;

        public abstract void Run();

        /// <summary>Delivers the result to the caller.</summary>
        public abstract void Tell();

        public abstract void Fail(Exception fault);
    }

    private sealed class Scan<T>(long siteId, Func<T> read) : Scan(siteId)
    {
        private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T value = default!;
        private Exception? fault;

        public Task<T> Result => result.Task;

        public override void Run()
        {
            try
            {
                value = read();
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the caller who waits.
            catch (Exception wrong)
#pragma warning restore CA1031
            {
                fault = wrong;
            }
        }

        public override void Tell()
        {
            if (fault is null)
                result.SetResult(value);
            else
                Fail(fault);
        }

        public override void Fail(Exception fault) => result.SetException(fault);
    }
}
