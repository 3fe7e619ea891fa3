using Scrip.Ledger;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Simulation.Defects;

namespace Scrip.Tests.Simulation;

/// <summary>One sending of an operation: a caller that sends it again makes another.</summary>
/// <param name="key">Null for a caller that sends none, and never sends it again.</param>
internal sealed class Attempt(SimulatedSite site, Operation operation, string? key, string trace, SimulatedServer server)
{
    public SimulatedSite Site { get; } = site;
    public Operation Operation { get; } = operation;
    public string? Key { get; } = key;
    public string Trace { get; } = trace;
    public SimulatedServer Server { get; } = server;

    /// <summary>What the caller got: the answer, or the fault.</summary>
    public string? Answer { get; set; }
    public bool IsReplay { get; set; }
    public string? AnsweredTrace { get; set; }
    public Exception? Fault { get; set; }

    /// <summary>What the model says, of the last transaction in which it was decided and that took effect.</summary>
    public Reply? Expected { get; set; }

    /// <summary>How many of the transactions in which it was decided were stored.</summary>
    public int TimesStored { get; set; }

    /// <summary>What the caller is told first is what it knows.</summary>
    public void Tell(WriteAnswer answer)
    {
        if (Answer is null)
            (Answer, IsReplay, AnsweredTrace) = (AnswerText.Of(answer), answer.IsReplay, answer.TraceId);
    }

    public override string ToString() =>
        $"{Server} site {Site.Id} {Key ?? "no key"}: {Operation} => {Answer ?? Fault?.Message ?? "nothing yet"}{(IsReplay ? " (again)" : "")}";
}

/// <summary>What was decided for one site in a transaction, in which order, and whether it took effect.</summary>
/// <param name="isJoined">The transaction was begun for another site.</param>
internal sealed class SeenDecisions(SimulatedSite site, List<Attempt> attempts, DateTimeOffset now, bool hasPresumed, bool isJoined)
{
    public SimulatedSite Site => site;
    public IReadOnlyList<Attempt> Attempts => attempts;
    public bool IsJoined => isJoined;
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
    private List<SeenDecisions> seen = [];

    public void Add(SeenDecisions decisions)
    {
        lock (gate)
            seen.Add(decisions);
    }

    /// <summary>Those since the last call.</summary>
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
/// Tells when the pipeline takes a command into a transaction, and what it is to change there; is the command in all else.
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
/// Stands between a pipeline and its store, notes what happens, and can hold the pipeline until everything that is to be sent at once
/// waits.
/// </summary>
/// <param name="beforeCommit">Called while the transaction holds its locks.</param>
internal sealed class WitnessedStore(
    ILedgerWriter store, FaultyStore faults, Defect? defect, Witness witness, Action beforeCommit, Action onBegun) : ILedgerWriter, IDisposable
{
    private readonly ManualResetEventSlim open = new();

    /// <summary>What each group consists of, from when its footprint is made until its site is loaded.</summary>
    private readonly Dictionary<Footprint, List<Attempt>> taken = [];
    private SeenDecisions? last;

    /// <summary>Lets the pipeline go on from where <see cref="Probe"/> holds it.</summary>
    public void LetGo() => open.Set();

    /// <summary>Holds the thread that writes until <see cref="LetGo"/>: what is sent meanwhile gathers.</summary>
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

    public ILedgerTransaction Begin(long siteId, Footprint footprint, DateTimeOffset now)
    {
        var transaction = store.Begin(siteId, footprint, now);
        var witnessed = new Transaction(this, transaction);
        witnessed.Note(footprint, now);
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

        public LedgerState Join(long siteId, Footprint footprint, DateTimeOffset now)
        {
            var state = transaction.Join(siteId, footprint, now);
            Note(footprint, now);
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

        public void Note(Footprint footprint, DateTimeOffset now)
        {
            // Without attempts it only ends the holds of the site, as a part of a transaction or before it.
            if (!owner.taken.Remove(footprint, out var attempts))
                return;
            var part = new SeenDecisions(attempts[0].Site, attempts, now, footprint.HasPresumed, isJoined: parts.Count > 0);
            parts.Add(part);
            owner.Add(part);
        }
    }
}
