using Scrip.Ledger;
using Scrip.Storage;

namespace Scrip.Tests.Simulation.Defects;

/// <summary>
/// A store that decides in one transaction, takes it back, and writes in another what a defect makes of the decisions. Alone on a database
/// that comes to the same as one transaction.
/// </summary>
internal sealed class DefectiveStore(ILedgerWriter store, Defect defect) : ILedgerWriter
{
    public bool SharesCommits => false;

    public ILedgerTransaction Begin(long siteId, Footprint footprint, DateTimeOffset now)
    {
        if (!defect.Concerns(footprint))
            return store.Begin(siteId, footprint, now);
        var loaded = store.Begin(siteId, defect.Load(footprint), now);
        if (defect.LetsGo)
            loaded.Dispose();
        return new Transaction(loaded, defect, new Writing(store, siteId, now, Counters.Of(loaded.State), footprint.PresumesNew));
    }

    public void Probe(DateTimeOffset now) => store.Probe(now);

    private sealed class Transaction(ILedgerTransaction loaded, Defect defect, Writing writing) : ILedgerTransaction
    {
        public LedgerState State => loaded.State;

        public LedgerState Join(long siteId, Footprint footprint, DateTimeOffset now) =>
            throw new NotSupportedException("A programme has one site.");

        public void Commit()
        {
            loaded.Dispose();
            defect.Write(Decided.In(loaded.State), writing);
        }

        public void Dispose() => loaded.Dispose();
    }
}

/// <summary>The last ids of a site at some moment.</summary>
internal readonly record struct Counters(long Certificate, long Entry, long Redemption)
{
    public static Counters Of(LedgerState state) => new(state.LastCertificateId, state.LastEntryId, state.LastRedemptionId);
}

/// <summary>The means by which a defect writes: transactions of their own.</summary>
/// <param name="Before">The last ids when the group was loaded.</param>
internal sealed record Writing(ILedgerWriter Store, long SiteId, DateTimeOffset Now, Counters Before, bool PresumesNew)
{
    public void Commit(Decided decided) => Commit(decided, static (decided, _) => decided);

    /// <param name="adapt">Given the last ids as they are under the lock.</param>
    public void Commit(Decided decided, Func<Decided, Counters, Decided> adapt)
    {
        using var transaction = Store.Begin(SiteId, decided.ToFootprint(PresumesNew), Now);
        adapt(decided, Counters.Of(transaction.State)).ApplyTo(transaction.State);
        transaction.Commit();
    }
}
