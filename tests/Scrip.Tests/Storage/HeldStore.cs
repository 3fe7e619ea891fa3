using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>
/// A real store whose writer can be held at its beginning, so that commands gather behind it, and whose commits can lose their response
/// like a broken connection: after the fact.
/// </summary>
internal sealed class HeldStore(IStore store) : ILedgerWriter, IDisposable
{
    private readonly ManualResetEventSlim open = new(initialState: true);
    private readonly SemaphoreSlim arrived = new(0);
    private int begun;
    private int commits;

    /// <summary>The store itself, for reading.</summary>
    public IStore Inner => store;
    public int Begun => begun;
    public int Commits => commits;

    /// <summary>How many of the next commits are stored and then reported as unknown.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>
    /// If false, commits that write nothing keep their responses. A writer uses them to find out what became of an earlier commit.
    /// </summary>
    public bool LosesRetries { get; set; } = true;

    /// <summary>From this begin on (counted from 1), begins fail as in an outage.</summary>
    public int OutageFrom { get; set; } = int.MaxValue;

    public void Hold() => open.Reset();

    public void LetGo() => open.Set();

    /// <summary>Waits until the writer has reached its next transaction.</summary>
    public async Task ArrivalAsync() => Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));

    public int WritersAtOnce => store.WritersAtOnce;

    public bool SharesCommits => store.SharesCommits;

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        if (!open.IsSet)
            arrived.Release();
        open.Wait();
        if (Interlocked.Increment(ref begun) >= OutageFrom)
            throw new StorageException(StorageFault.Unavailable, "An outage.");
        return new Transaction(this, store.Begin(siteId, lookup, now));
    }

    public void Probe(DateTimeOffset now) => store.Probe(now);

    public void Dispose()
    {
        store.Dispose();
        open.Dispose();
        arrived.Dispose();
    }

    private sealed class Transaction(HeldStore held, ILedgerTransaction transaction) : ILedgerTransaction
    {
        public LedgerState State => transaction.State;

        public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now) => transaction.Join(siteId, lookup, now);

        public void Commit()
        {
            transaction.Commit();
            Interlocked.Increment(ref held.commits);
            if (held.AnswersToLose == 0 || !(held.LosesRetries || transaction.State.HasChanges))
                return;
            held.AnswersToLose--;
            throw new StorageException(StorageFault.OutcomeUnknown, "The answer was lost.");
        }

        public void Dispose() => transaction.Dispose();
    }
}
