using Scrip.Ledger;

namespace Scrip.Storage.Pipeline;

/// <summary>
/// The only way to write. Commands that wait at the same moment are decided one after another and committed together. They share the cost
/// of forcing a commit to the disk, and a certificate that many callers write at once is no slower than any other.
/// </summary>
/// <remarks>
/// The pipeline runs on its own threads, one for each writer of each server of the store, because the database drivers block while they
/// force a commit. No thread waits for a group to fill: while one group is being committed, the next one gathers by itself.
/// </remarks>
public sealed class WritePipeline : IDisposable
{
    private readonly ILedgerWriter store;
    private readonly TimeProvider time;
    private readonly WriteQueue queue;
    private readonly GroupCommit commits;
    private readonly List<Thread> threads = [];

    /// <summary>The number of servers that have threads.</summary>
    private volatile int servers;

    public WritePipeline(ILedgerWriter store, TimeProvider time, PipelineSettings settings)
    {
        this.store = store;
        this.time = time;
        // Half of the writers are reserved for payments.
        queue = new WriteQueue(
            settings.MaxQueuedItems, settings.MaxGroupItems, store.WritersAtOnce, maxLargeAtOnce: Math.Max(1, store.WritersAtOnce / 2),
            store.SharesCommits);
        commits = new GroupCommit(store, queue, Now);
        StartWritersOf(0);
    }

    /// <summary>Completes after the write is durable. The token is honoured until the write begins, and not after.</summary>
    /// <exception cref="StorageException">Nothing was stored, or the outcome is unknown; see <see cref="StorageFault"/>.</exception>
    public Task<WriteAnswer> ExecuteAsync(Command command, CancellationToken cancellationToken)
    {
        var server = store.FindServerAsync(command.SiteId, cancellationToken);
        return server.IsCompletedSuccessfully
            ? Execute(command, server.Result, cancellationToken)
            : ExecuteAsync(command, server, cancellationToken);
    }

    /// <summary>Checks, on a writer thread, whether the store takes writes.</summary>
    public Task ProbeAsync()
    {
        var probe = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(() => Settle(probe));
        return probe.Task;
    }

    /// <summary>
    /// Waits until every write of a site that has begun is committed or has failed, and returns the time at that moment. Unless the clock
    /// is set back, everything that this pipeline writes there afterwards has a later date, so a report up to the returned time never
    /// changes.
    /// </summary>
    public Task<DateTimeOffset> FinishBegunAsync(long siteId)
    {
        var finished = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.AfterTaken(siteId, () => finished.SetResult(Now()));
        return finished.Task;
    }

    /// <summary>Finishes the waiting writes, then ends.</summary>
    public void Dispose()
    {
        queue.Close();
        lock (threads)
            threads.ForEach(thread => thread.Join());
    }

    private async Task<WriteAnswer> ExecuteAsync(Command command, ValueTask<int> server, CancellationToken cancellationToken) =>
        await Execute(command, await server, cancellationToken);

    private Task<WriteAnswer> Execute(Command command, int server, CancellationToken cancellationToken)
    {
        if (server >= servers)
            StartWritersOf(server);
        var write = new PendingWrite(command, cancellationToken);
        queue.Add(write, server);
        return write.Answer;
    }

    private void StartWritersOf(int server)
    {
        lock (threads)
        {
            for (; servers <= server; servers++)
            {
                for (var number = 1; number <= store.WritersAtOnce; number++)
                {
                    var thread = new Thread(Run) { Name = $"Scrip writer {threads.Count + 1}", IsBackground = true };
                    threads.Add(thread);
                    thread.Start();
                }
            }
        }
    }

    private void Run()
    {
        WriteQueue.Taken? done = null;
        while ((done = queue.Take(done)) is { } taken)
        {
            taken.Probe?.Invoke();
            commits.Run([.. taken.Groups.Select(Wanted).Where(group => group.Count > 0)]);
        }

        static IReadOnlyList<PendingWrite> Wanted(IReadOnlyList<PendingWrite> group) =>
            [.. group.Where(write => !write.DropIfCancelled())];
    }

    private void Settle(TaskCompletionSource probe)
    {
        try
        {
            store.Probe(Now());
            probe.SetResult();
        }
#pragma warning disable CA1031 // The one who asked is told.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            probe.SetException(fault);
        }
    }

    /// <summary>The time in the stored precision, so that a response and a later read agree.</summary>
    private DateTimeOffset Now() => Microseconds.ToInstant(Microseconds.From(time.GetUtcNow()));
}
