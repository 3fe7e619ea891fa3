using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>
/// A store that decides in one transaction, rolls it back, and writes in another what a defect makes of the decisions. If nobody else uses
/// the database, that is equivalent to one transaction.
/// </summary>
internal sealed class DefectiveStore(ILedgerWriter store, Defect defect) : ILedgerWriter
{
    public int WritersAtOnce => store.WritersAtOnce;

    public bool SharesCommits => defect.SharesCommits && store.SharesCommits;

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        if (!defect.Concerns(lookup))
            return store.Begin(siteId, lookup, now);
        var loaded = store.Begin(siteId, defect.Load(lookup), now);
        if (defect.LetsGo)
            loaded.Dispose();
        return new Transaction(this, defect, loaded, WritingOf(siteId, loaded.State, lookup, now));
    }

    public void Probe(DateTimeOffset now) => store.Probe(now);

    private Writing WritingOf(long siteId, LedgerState state, GroupLookup lookup, DateTimeOffset now) =>
        new(store, siteId, now, Counters.Of(state), lookup.PresumesNew);

    private sealed class Transaction(DefectiveStore owner, Defect defect, ILedgerTransaction loaded, Writing writing) : ILedgerTransaction
    {
        private readonly List<(LedgerState State, Writing Writing)> joined = [];

        public LedgerState State => loaded.State;

        public LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now)
        {
            var state = loaded.Join(siteId, defect.Load(lookup), defect.NowWhereJoined(now));
            joined.Add((state, owner.WritingOf(siteId, state, lookup, now)));
            return state;
        }

        public void Commit()
        {
            loaded.Dispose();
            if (joined.Count == 0)
                defect.Write(Decided.In(loaded.State), writing);
            else
                defect.Write([new(Decided.In(loaded.State), writing), .. joined.Select(part => new Part(Decided.In(part.State), part.Writing))]);
        }

        public void Dispose() => loaded.Dispose();
    }
}

/// <summary>What was decided for one of several sites that share a commit.</summary>
internal sealed record Part(Decided Decided, Writing Writing);

/// <summary>The last ids of a site at some moment.</summary>
internal readonly record struct Counters(long Certificate, long Entry, long Redemption, long Batch)
{
    public static Counters Of(LedgerState state) => 
        new(state.LastCertificateId, state.LastEntryId, state.LastRedemptionId, state.LastBatchId);
}

/// <summary>How a defect writes: in separate transactions.</summary>
/// <param name="Before">The last ids when the group was loaded.</param>
internal sealed record Writing(ILedgerWriter Store, long SiteId, DateTimeOffset Now, Counters Before, bool PresumesNew)
{
    public void Commit(Decided decided) => Commit(decided, static (decided, _) => decided);

    /// <param name="adapt">Receives the last ids as they are under the lock.</param>
    public void Commit(Decided decided, Func<Decided, Counters, Decided> adapt)
    {
        using var transaction = Store.Begin(SiteId, decided.ToLookup(PresumesNew), Now);
        adapt(decided, Counters.Of(transaction.State)).ApplyTo(transaction.State);
        transaction.Commit();
    }

    public static void CommitTogether(IReadOnlyList<Part> parts)
    {
        var (decided, first) = parts[0];
        using var transaction = first.Store.Begin(first.SiteId, decided.ToLookup(first.PresumesNew), first.Now);
        decided.ApplyTo(transaction.State);
        foreach (var (other, writing) in parts.Skip(1))
            other.ApplyTo(transaction.Join(writing.SiteId, other.ToLookup(writing.PresumesNew), writing.Now));
        transaction.Commit();
    }
}
