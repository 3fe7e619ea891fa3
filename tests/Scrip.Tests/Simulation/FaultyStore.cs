using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Simulation;

/// <summary>The faults that can strike a write between the pipeline and the disk.</summary>
internal enum Fault
{
    None,

    /// <summary>The database is unavailable when the transaction is to begin.</summary>
    Outage,

    /// <summary>The transaction is aborted before its commit, and may be tried again.</summary>
    Interrupted,

    /// <summary>The database becomes unavailable before the commit.</summary>
    Unavailable,

    DiskFull,

    /// <summary>The connection breaks on the way to the commit: no caller gets a response, and nothing was stored.</summary>
    CommitLost,

    /// <summary>The connection breaks on the way back: no caller gets a response, and everything was stored.</summary>
    AnswerLost,

    /// <summary>The database itself ends the connection; the store decides what that means.</summary>
    ConnectionCut,

    /// <summary>The server dies before the commit.</summary>
    CrashBefore,

    /// <summary>The server dies after the commit, before any caller gets a response.</summary>
    CrashAfter,
}

/// <summary>
/// A real store that faults strike as planned. It throws what the store's adapters throw for the same fault; what is stored is what the
/// real store stored.
/// </summary>
/// <param name="cutConnection">Ends the connection of an open transaction from outside; null without connections.</param>
internal sealed class FaultyStore(ILedgerWriter store, Action? cutConnection) : ILedgerWriter
{
    private Fault planned;
    private int quiet;
    private int strikes;

    /// <summary>Whether the server is dead: code that still runs in it gets nothing done.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>How many commits were stored, whatever the callers were told.</summary>
    public int Stored { get; private set; }

    /// <summary>The faults that have struck since they were planned.</summary>
    public HashSet<Fault> Struck { get; } = [];

    /// <param name="after">How many transactions pass before the first strike.</param>
    public void Plan(Fault fault, int after, int times)
    {
        planned = fault == Fault.ConnectionCut && cutConnection is null ? Fault.CommitLost : fault;
        quiet = after;
        strikes = times;
        Struck.Clear();
    }

    public int WritersAtOnce => store.WritersAtOnce;

    public bool SharesCommits => store.SharesCommits;

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        if (HasCrashed || Strikes(atBegin: true) == Fault.Outage)
            throw new StorageException(StorageFault.Unavailable, "An outage.");
        return new Transaction(this, store.Begin(siteId, lookup, now));
    }

    public void Probe(DateTimeOffset now) => store.Probe(now);

    private Fault Strikes(bool atBegin)
    {
        if (planned == Fault.None || strikes == 0 || (planned == Fault.Outage) != atBegin || quiet-- > 0)
            return Fault.None;
        strikes--;
        Struck.Add(planned);
        return planned;
    }

    private sealed class Transaction(FaultyStore owner, ILedgerTransaction transaction) : ILedgerTransaction
    {
        public LedgerState State => transaction.State;

        public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now) => transaction.Join(siteId, lookup, now);

        public void Commit()
        {
            if (owner.HasCrashed)
                throw Unknown();
            switch (owner.Strikes(atBegin: false))
            {
                case Fault.Interrupted:
                    throw new StorageException(StorageFault.Interrupted, "The transaction was given up.");
                case Fault.Unavailable:
                    throw new StorageException(StorageFault.Unavailable, "An outage.");
                case Fault.DiskFull:
                    throw new StorageException(StorageFault.DiskFull, "The disk is full.");
                case Fault.CommitLost:
                    throw Unknown();
                case Fault.AnswerLost:
                    Store();
                    throw Unknown();
                case Fault.ConnectionCut:
                    owner.Cut();
                    Store();
                    break;
                case Fault.CrashBefore:
                    owner.HasCrashed = true;
                    throw Unknown();
                case Fault.CrashAfter:
                    Store();
                    owner.HasCrashed = true;
                    throw Unknown();
                case Fault.None or Fault.Outage:
                    Store();
                    break;
            }
        }

        public void Dispose() => transaction.Dispose();

        private void Store()
        {
            transaction.Commit();
            owner.Stored++;
        }

        private static StorageException Unknown() => new(StorageFault.OutcomeUnknown, "The connection broke during a commit.");
    }

    private void Cut() => cutConnection!();
}
