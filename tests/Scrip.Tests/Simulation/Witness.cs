using Scrip.Ledger;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Simulation.Defects;

namespace Scrip.Tests.Simulation;

/// <summary>One attempt at an operation; sending it again is another attempt.</summary>
/// <param name="key">Null for a caller without a key, which never sends the operation again.</param>
internal sealed class Attempt(SimulatedSite site, Operation operation, string? key, string trace, SimulatedServer server)
{
    public SimulatedSite Site { get; } = site;
    public Operation Operation { get; } = operation;
    public string? Key { get; } = key;
    public string Trace { get; } = trace;
    public SimulatedServer Server { get; } = server;

    /// <summary>What the caller got: the response or the fault.</summary>
    public string? Answer { get; set; }
    public bool IsReplay { get; set; }
    public string? AnsweredTrace { get; set; }
    public Exception? Fault { get; set; }

    /// <summary>The model's response, from the last transaction that decided the attempt and took effect.</summary>
    public Reply? Expected { get; set; }

    /// <summary>How many of the transactions that decided the attempt were stored.</summary>
    public int TimesStored { get; set; }

    /// <summary>Notes the first response to the caller, which is the one that counts.</summary>
    public void Tell(WriteAnswer answer)
    {
        if (Answer is null)
            (Answer, IsReplay, AnsweredTrace) = (AnswerText.Of(answer), answer.IsReplay, answer.TraceId);
    }

    public override string ToString() =>
        $"{Server} site {Site.Id} {Key ?? "no key"}: {Operation} => {Answer ?? Fault?.Message ?? "nothing yet"}{(IsReplay ? " (again)" : "")}";
}

/// <summary>What one transaction decided for one site, in which order, and whether it took effect.</summary>
/// <param name="isJoined">Whether the transaction began for another site.</param>
internal sealed class SeenDecisions(SimulatedSite site, List<Attempt> attempts, DateTimeOffset now, bool hasPresumed, bool isJoined)
{
    public SimulatedSite Site => site;
    public IReadOnlyList<Attempt> Attempts => attempts;
    public bool IsJoined => isJoined;
    public DateTimeOffset Now { get; } = now;

    /// <summary>Null if there was nothing to store because the transaction only read.</summary>
    public bool? WasStored { get; set; }

    /// <summary>With presumptions, only writes are decided: the rest is left to another transaction.</summary>
    public void NoteUnchanged(Attempt attempt)
    {
        if (hasPresumed)
            attempts.Remove(attempt);
    }
}

/// <summary>
/// Records the order in which transactions took effect: the order in which they got the lock, which they keep until they end. The model
/// runs in this order; if it were wrong, the model and the store would differ.
/// </summary>
internal sealed class Witness
{
    private readonly object gate = new();
    private List<SeenDecisions> seen = [];

    public void Add(SeenDecisions decisions)
    {
        lock (gate)
            seen.Add(decisions);
    }

    /// <summary>Returns the decisions since the last call.</summary>
    public IReadOnlyList<SeenDecisions> Take()
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
/// Reports when the pipeline takes a command into a transaction, and what it changes there; otherwise identical to the command.
/// </summary>
internal sealed record ObservedCommand(Command Inner, Action<Footprint> OnTaken, Action<Applied> OnApplied) : Command
{
    public override int Weight => Inner.Weight;

    public override void AddTo(Footprint footprint)
    {
        OnTaken(footprint);
        Inner.AddTo(footprint);
    }

    public override Applied ApplyTo(LedgerState state, DateTimeOffset now)
    {
        var applied = Inner.ApplyTo(state, now);
        OnApplied(applied);
        return applied;
    }

    public override object Recall(ReadOnlyMemory<byte> receipt) => Inner.Recall(receipt);
}

/// <summary>
/// Sits between a pipeline and its store, records what happens, and can hold the pipeline until everything that is sent at once is waiting.
/// </summary>
/// <param name="beforeCommit">Called while the transaction holds its locks.</param>
internal sealed class WitnessedStore(
    ILedgerWriter store, FaultyStore faults, Defect? defect, Witness witness, Action beforeCommit, Action onBegun) : ILedgerWriter, IDisposable
{
    private readonly ManualResetEventSlim open = new();

    /// <summary>The attempts of each group, from the creation of its footprint until its site is loaded.</summary>
    private readonly Dictionary<Footprint, List<Attempt>> taken = [];
    private SeenDecisions? last;

    /// <summary>Releases the pipeline that <see cref="Probe"/> holds.</summary>
    public void LetGo() => open.Set();

    /// <summary>Holds the writer thread until <see cref="LetGo"/>, so that commands gather.</summary>
    public void Probe(DateTimeOffset now)
    {
        open.Wait();
        open.Reset();
    }

    public void NoteTaken(Footprint footprint, Attempt attempt)
    {
        if (!taken.TryGetValue(footprint, out var group))
            taken.Add(footprint, group = []);
        group.Add(attempt);
    }

    public void NoteApplied(Attempt attempt, Applied applied)
    {
        if (!applied.HasChanges)
            last!.NoteUnchanged(attempt);
        else if (last!.IsJoined && defect is { TellsBeforeCommit: true })
            attempt.Tell(new WriteAnswer(applied.Outcome, IsReplay: false, attempt.Key is null ? null : attempt.Trace));
    }

    public int WritersAtOnce => 1;

    public bool SharesCommits => store.SharesCommits;

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        var transaction = store.Begin(siteId, lookup, now);
        var witnessed = new Transaction(this, transaction);
        witnessed.Note(lookup, now);
        onBegun();
        return witnessed;
    }

    public void Dispose() => open.Dispose();

    private int Stored => faults.Stored;

    private void BeforeCommit() => beforeCommit();

    private void Add(SeenDecisions decisions)
    {
        last = decisions;
        witness.Add(decisions);
    }

    private sealed class Transaction(WitnessedStore owner, ILedgerTransaction transaction) : ILedgerTransaction
    {
        private readonly List<SeenDecisions> parts = [];

        public LedgerState State => transaction.State;

        public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now)
        {
            var state = transaction.Join(siteId, lookup, now);
            Note(lookup, now);
            return state;
        }

        public void Commit()
        {
            owner.BeforeCommit();
            var stored = owner.Stored;
            try
            {
                transaction.Commit();
            }
            finally
            {
                foreach (var part in parts)
                    part.WasStored = owner.Stored > stored;
            }
        }

        public void Dispose() => transaction.Dispose();

        public void Note(GroupLookup lookup, DateTimeOffset now)
        {
            // A group without attempts only ends the holds of the site, as a part of a transaction or before it.
            if (!owner.taken.Remove(lookup.Footprint, out var attempts))
                return;
            var part = new SeenDecisions(attempts[0].Site, attempts, now, lookup.HasPresumed, isJoined: parts.Count > 0);
            parts.Add(part);
            owner.Add(part);
        }
    }
}
