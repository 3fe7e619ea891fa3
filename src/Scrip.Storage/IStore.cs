using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;

namespace Scrip.Storage;

/// <summary>
/// The port to a database. The contract of every adapter, held by the storage contract suite:
/// <list type="number">
/// <item>A transaction sees and locks everything its footprint names; what it writes is visible to others all at once, after
/// <see cref="ILedgerTransaction.Commit"/>, or never.</item>
/// <item>When Commit returns, the writes have been forced to the disk: they survive a kill of the process and a loss of power.</item>
/// <item>When Commit throws, nothing was written, or the fault is <see cref="StorageFault.OutcomeUnknown"/>.</item>
/// <item>Ids come from the site's counter inside the transaction: 1, 2, 3 … without gaps.</item>
/// <item>Reads see one committed state from their first row to their last, and neither wait for writes nor hold them up.</item>
/// <item>Everything is by site: no query, key or lock concerns two sites.</item>
/// </list>
/// </summary>
public interface IStore : ILedgerReader, ILedgerWriter, IDisposable
{
    /// <summary>For people: the product, its version, its durability and where the data lies.</summary>
    string Description { get; }

    /// <summary>
    /// For people: why the database could not be set up yet. Until it is null every call fails as unavailable, and each
    /// <see cref="ILedgerWriter.Probe"/> tries again. Always null on SQLite, which refuses to be opened instead.
    /// </summary>
    string? Obstacle { get; }

    /// <summary>
    /// For people: the servers of a cluster that could not be reached by the last <see cref="ILedgerWriter.Probe"/>. Their sites cannot be
    /// served; the others can.
    /// </summary>
    IReadOnlyList<string> NodesAway => [];

    /// <summary>One certificate; null when there is none. Reads that wait at the same moment may share a query.</summary>
    ValueTask<Certificate?> FindAsync(long siteId, long certificateId, CancellationToken cancellationToken);

    /// <summary>The certificates of a query; dispose of them to give the reader back.</summary>
    ValueTask<IRows<CertificateRow>> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>The redemptions of a query; dispose of them to give the reader back.</summary>
    ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken);

    /// <summary>The lines of the journal of a query; dispose of them to give the reader back.</summary>
    ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken);

    /// <summary>The number of the last entry of the site's journal, issues included; 0 for an empty one.</summary>
    ValueTask<long> ReadLastEntryIdAsync(long siteId, CancellationToken cancellationToken);

    /// <summary>How many certificates the filters of a query match, whatever its page.</summary>
    ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>How many redemptions the filters of a query match, whatever its page.</summary>
    ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken);

    /// <summary>How many lines of the journal the filters of a query match, whatever its page.</summary>
    ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken);

    /// <summary>Whether the actor's key has a record. It keeps it for ever.</summary>
    ValueTask<bool> HasRecordAsync(long siteId, long actor, IdempotencyKey key, CancellationToken cancellationToken);

    /// <summary>Whether a hold of the site has run out by now and is not written as such.</summary>
    ValueTask<bool> HasOverdueHoldsAsync(long siteId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The first of such holds, at most <paramref name="most"/>, with their certificates, in one committed state. What they change can be
    /// worked out from it where it cannot be written.
    /// </summary>
    ValueTask<LedgerContents> ReadOverdueHoldsAsync(long siteId, DateTimeOffset now, int most, CancellationToken cancellationToken);

    /// <summary>
    /// The sites that have such holds. Of a cluster it tells those of one node at a time, in turn: this is asked all the time.
    /// </summary>
    ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The latest date of the entries of all sites; the Unix epoch where there are none.</summary>
    ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken);

    /// <summary>Grows with every change of sites or tokens, by whichever server; cheap enough to ask all the time.</summary>
    ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken);
}

/// <summary>What the write pipeline needs of a store.</summary>
public interface ILedgerWriter
{
    /// <summary>
    /// Begins a write. Called by as many threads as <see cref="WritersAtOnce"/> says, for another site each, and each ends its transaction
    /// before it begins the next.
    /// </summary>
    /// <param name="now">Holds that have run out by then are loaded with every footprint, with their certificates.</param>
    ILedgerTransaction Begin(long siteId, Footprint footprint, DateTimeOffset now);

    /// <summary>How many transactions may be open at once on each server; one where the database has one writer.</summary>
    int WritersAtOnce { get; }

    /// <summary>
    /// The number, from 0, of the server that a site is written on. Each has <see cref="WritersAtOnce"/> writers of its own, so that one
    /// which is away or slow keeps none from the sites of the others.
    /// </summary>
    /// <exception cref="StorageException">It cannot be found out.</exception>
    ValueTask<int> FindServerAsync(long siteId, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    /// <summary>
    /// Whether other sites may join a transaction, and share the cost of its commit. They may where all sites are in one file; where each
    /// site can be on a server of its own, and is locked for all servers, each has its own transaction.
    /// </summary>
    bool SharesCommits { get; }

    /// <summary>
    /// Writes and forces a row that means nothing, and checks what durability rests on. Called by a thread that writes. Throws when the
    /// store cannot take writes of any site.
    /// </summary>
    void Probe(DateTimeOffset now);
}

/// <summary>A database that is only read, whether or not a server uses it meanwhile.</summary>
public interface IReadOnlyStore : ILedgerReader, IDisposable
{
    /// <summary>For people: where the data lies.</summary>
    string Description { get; }
}

/// <summary>What proofs and reports need of a store.</summary>
public interface ILedgerReader
{
    /// <summary>All sites and all tokens, revoked ones included.</summary>
    ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken);

    /// <summary>The whole ledger of a site in one committed state; dispose of it to give the reader back.</summary>
    ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken);
}

/// <summary>
/// One write transaction of one site, and of the sites that have joined it: all is stored, or nothing. Disposing of it without a commit
/// undoes it.
/// </summary>
public interface ILedgerTransaction : IDisposable
{
    LedgerState State { get; }

    /// <summary>
    /// Loads another site, as <see cref="ILedgerWriter.Begin"/> does. Only where the store shares commits, and each site once.
    /// </summary>
    LedgerState Join(long siteId, Footprint footprint, DateTimeOffset now);

    /// <summary>Writes what each state has gathered and makes it durable, with all that the transaction has read.</summary>
    void Commit();
}

/// <summary>
/// A ledger as reports and proofs read it: one kind of row after another, each in the order of its ids and each to be disposed of before
/// the next.
/// </summary>
public interface ILedgerSnapshot : IAsyncDisposable
{
    ValueTask<LedgerCounters> ReadCountersAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Certificate>> ReadCertificatesAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Entry>> ReadEntriesAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Redemption>> ReadRedemptionsAsync(CancellationToken cancellationToken);

    /// <summary>In whichever order is quickest.</summary>
    ValueTask<IRows<FoldedCode>> ReadFoldedCodesAsync(CancellationToken cancellationToken);
}

public sealed record AccessContents(IReadOnlyList<Site> Sites, IReadOnlyList<ApiToken> Tokens);
