using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Simulation;

/// <summary>One sending of an operation: a caller that sends it again makes another.</summary>
internal sealed class Attempt(Operation operation, string key, string trace, SimulatedServer server)
{
    public Operation Operation { get; } = operation;
    public string Key { get; } = key;
    public string Trace { get; } = trace;
    public SimulatedServer Server { get; } = server;

    /// <summary>What the caller got: the answer, or the fault.</summary>
    public string? Answer { get; set; }
    public bool IsReplay { get; set; }
    public string? AnsweredTrace { get; set; }
    public Exception? Fault { get; set; }

    /// <summary>What the model says, of the last transaction in which it was decided and that took effect.</summary>
    public Reply? Expected { get; set; }

    /// <summary>A transaction in which it was decided was stored.</summary>
    public bool WasStored { get; set; }

    public override string ToString() =>
        $"{Server} {Key}: {Operation} => {Answer ?? Fault?.Message ?? "nothing yet"}{(IsReplay ? " (again)" : "")}";
}

/// <summary>A transaction as it was seen: what was decided in it, in which order, and whether it took effect.</summary>
internal sealed class SeenTransaction(List<Attempt> attempts, DateTimeOffset now, bool hasPresumed)
{
    public IReadOnlyList<Attempt> Attempts => attempts;
    public DateTimeOffset Now { get; } = now;

    /// <summary>Null where nothing was to be stored: it only looked.</summary>
    public bool? WasStored { get; set; }

    /// <summary>Where something was presumed, only what is to be written is decided: the rest is for another transaction.</summary>
    public void NoteUnchanged(Attempt attempt)
    {
        if (hasPresumed)
            attempts.Remove(attempt);
    }
}

/// <summary>
/// The order in which transactions took effect: that in which they got the lock, which they keep until they end. The model is run in this
/// order; were it not the true one, the model would come to something else than the store.
/// </summary>
internal sealed class Witness
{
    private readonly object gate = new();
    private List<SeenTransaction> seen = [];

    public void Add(SeenTransaction transaction)
    {
        lock (gate)
            seen.Add(transaction);
    }

    /// <summary>Those since the last call.</summary>
    public IReadOnlyList<SeenTransaction> Take()
    {
        lock (gate)
        {
            var taken = seen;
            seen = [];
            return taken;
        }
    }
}

/// <summary>
/// Tells when the pipeline takes a command into a transaction, and when it is to change nothing there; is the command in all else.
/// </summary>
internal sealed record ObservedCommand(Command Inner, Action OnTaken, Action OnUnchanged) : Command
{
    public override int Weight => Inner.Weight;

    public override void AddTo(Footprint footprint)
    {
        OnTaken();
        Inner.AddTo(footprint);
    }

    public override Applied ApplyTo(LedgerState state, DateTimeOffset now)
    {
        var applied = Inner.ApplyTo(state, now);
        if (!applied.HasChanges)
            OnUnchanged();
        return applied;
    }

    public override object Recall(ReadOnlyMemory<byte> receipt) => Inner.Recall(receipt);
}

/// <summary>
/// Stands between a pipeline and its store, notes what happens, and can hold the pipeline until everything that is to be sent at once
/// waits.
/// </summary>
/// <param name="beforeCommit">Called while the transaction holds its locks.</param>
internal sealed class WitnessedStore(ILedgerWriter store, FaultyStore faults, Witness witness, Action beforeCommit, Action onBegun)
    : ILedgerWriter, IDisposable
{
    private readonly ManualResetEventSlim open = new();
    private List<Attempt> taken = [];
    private SeenTransaction? last;

    /// <summary>Lets the pipeline go on from where <see cref="Probe"/> holds it.</summary>
    public void LetGo() => open.Set();

    /// <summary>Holds the thread that writes until <see cref="LetGo"/>: what is sent meanwhile gathers.</summary>
    public void Probe(DateTimeOffset now)
    {
        open.Wait();
        open.Reset();
    }

    public void Take(Attempt attempt) => taken.Add(attempt);

    public void NoteUnchanged(Attempt attempt) => last!.NoteUnchanged(attempt);

    public bool SharesCommits => false;

    public ILedgerTransaction Begin(long siteId, Footprint footprint, DateTimeOffset now)
    {
        var attempts = taken;
        taken = [];
        var transaction = store.Begin(siteId, footprint, now);
        var seen = new SeenTransaction(attempts, now, footprint.HasPresumed);
        last = seen;
        witness.Add(seen);
        onBegun();
        return new Transaction(this, transaction, seen);
    }

    public void Dispose() => open.Dispose();

    private sealed class Transaction(WitnessedStore owner, ILedgerTransaction transaction, SeenTransaction seen) : ILedgerTransaction
    {
        public LedgerState State => transaction.State;

        public LedgerState Join(long siteId, Footprint footprint, DateTimeOffset now) =>
            throw new NotSupportedException("A programme has one site.");

        public void Commit() => owner.Commit(transaction, seen);

        public void Dispose() => transaction.Dispose();
    }

    private void Commit(ILedgerTransaction transaction, SeenTransaction seen)
    {
        beforeCommit();
        var stored = faults.Stored;
        try
        {
            transaction.Commit();
        }
        finally
        {
            seen.WasStored = faults.Stored > stored;
        }
    }
}
