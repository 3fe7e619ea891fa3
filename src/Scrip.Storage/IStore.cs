using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;

namespace Scrip.Storage;

/// <summary>
/// The port to a database. The contract of every adapter, held by the storage contract suite:
/// <list type="number">
/// <item>A transaction sees and locks everything its lookup names; what it writes is visible to others all at once, after
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
    /// <summary>For people: the product, its version, its durability and the location of the data.</summary>
    string Description { get; }

    /// <summary>
    /// For people: why the database could not be set up yet. Until this is null, every call fails as unavailable, and each
    /// <see cref="ILedgerWriter.Probe"/> tries again. Always null on SQLite, where opening fails instead.
    /// </summary>
    string? Obstacle { get; }

    /// <summary>
    /// For people: the servers of a cluster that the last <see cref="ILedgerWriter.Probe"/> could not reach. Their sites cannot be served;
    /// other sites can.
    /// </summary>
    IReadOnlyList<string> NodesAway => [];

    /// <summary>Finds one certificate; null if it does not exist. Reads that wait at the same moment may share a query.</summary>
    ValueTask<Certificate?> FindAsync(long siteId, long certificateId, CancellationToken cancellationToken);

    /// <summary>Reads the certificates of a query. Dispose the rows to give the reader back.</summary>
    ValueTask<IRows<CertificateRow>> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the redemptions of a query. Dispose the rows to give the reader back.</summary>
    ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the journal lines of a query. Dispose the rows to give the reader back.</summary>
    ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the batches of a query. Disposing of the rows returns the reader.</summary>
    ValueTask<IRows<Batch>> QueryAsync(long siteId, BatchQuery query, CancellationToken cancellationToken);

    /// <summary>Finds a batch by its id; null if it does not exist.</summary>
    ValueTask<Batch?> FindBatchAsync(long siteId, long batchId, CancellationToken cancellationToken);

    /// <summary>Finds the batch of a certificate; null for a certificate outside any batch.</summary>
    ValueTask<Batch?> FindBatchOfAsync(long siteId, long certificateId, CancellationToken cancellationToken);

    /// <summary>Reads the id of the site's last batch. Ids have no gaps, and batches are never deleted: it is also their number.</summary>
    ValueTask<long> ReadLastBatchIdAsync(long siteId, CancellationToken cancellationToken);

    /// <summary>Reads the number of the last entry of the site's journal, issues included; 0 if the journal is empty.</summary>
    ValueTask<long> ReadLastEntryIdAsync(long siteId, CancellationToken cancellationToken);

    /// <summary>Counts the certificates that match the filters of a query, regardless of its page.</summary>
    ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>Counts the redemptions that match the filters of a query, regardless of its page.</summary>
    ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken);

    /// <summary>Counts the journal lines that match the filters of a query, regardless of its page.</summary>
    ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken);

    /// <summary>Whether the actor's key has a record. Records are kept for ever.</summary>
    ValueTask<bool> HasRecordAsync(long siteId, long actor, IdempotencyKey key, CancellationToken cancellationToken);

    /// <summary>Whether the site has a hold that has run out and is still recorded as open.</summary>
    ValueTask<bool> HasOverdueHoldsAsync(long siteId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the first overdue holds, at most <paramref name="most"/>, with their certificates, from one committed state. It allows the
    /// caller to compute what their end changes when it cannot be written.
    /// </summary>
    ValueTask<LedgerContents> ReadOverdueHoldsAsync(long siteId, DateTimeOffset now, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the sites that have overdue holds. On a cluster, each call asks one node in turn, because this runs all the time.
    /// </summary>
    ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the latest date among the entries of all sites; the Unix epoch if there are no entries.</summary>
    ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken);

    /// <summary>Reads a number that grows with every change of sites or tokens, by any server. It is cheap enough to poll.</summary>
    ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken);
}

/// <summary>The part of a store that the write pipeline uses.</summary>
public interface ILedgerWriter
{
    /// <summary>
    /// Begins a write. Up to <see cref="WritersAtOnce"/> threads call this, each for a different site, and each ends its transaction before
    /// it begins the next.
    /// </summary>
    /// <param name="now">Every lookup also loads the holds that have run out by this instant, with their certificates.</param>
    ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now);

    /// <summary>How many transactions each server may have open at once; one if the database has a single writer.</summary>
    int WritersAtOnce { get; }

    /// <summary>
    /// The number, from 0, of the server that stores a site. Each server has its own <see cref="WritersAtOnce"/> writers, so that a slow or
    /// unavailable server takes no writers from the sites of the others.
    /// </summary>
    /// <exception cref="StorageException">The server cannot be determined.</exception>
    ValueTask<int> FindServerAsync(long siteId, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    /// <summary>
    /// Whether several sites may share a transaction and the cost of its commit. They may if all sites are in one file. If each site can be
    /// on its own server and is locked across all servers, each needs its own transaction.
    /// </summary>
    bool SharesCommits { get; }

    /// <summary>
    /// Writes and forces a row without meaning, and checks what durability depends on. Called by a writer thread. Throws if the store
    /// cannot take writes for any site.
    /// </summary>
    void Probe(DateTimeOffset now);
}

/// <summary>A database that is only read, whether or not a server is using it.</summary>
public interface IReadOnlyStore : ILedgerReader, IDisposable
{
    /// <summary>For people: the location of the data.</summary>
    string Description { get; }
}

/// <summary>The part of a store that proofs and reports use.</summary>
public interface ILedgerReader
{
    /// <summary>Reads all sites and all tokens, including revoked ones.</summary>
    ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken);

    /// <summary>Opens the whole ledger of a site in one committed state. Dispose the snapshot to give the reader back.</summary>
    ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken);
}

/// <summary>
/// One write transaction of one site and of the sites that have joined it: everything is stored or nothing is. Disposing it without a
/// commit rolls it back.
/// </summary>
public interface ILedgerTransaction : IDisposable
{
    LedgerState State { get; }

    /// <summary>
    /// Loads another site, like <see cref="ILedgerWriter.Begin"/>. Only valid if the store shares commits, and once for each site.
    /// </summary>
    LedgerState Join(long siteId, GroupLookup lookup, DateTimeOffset now);

    /// <summary>
    /// Writes everything that the states have collected and makes it durable, together with all that the transaction has read.
    /// </summary>
    void Commit();
}

/// <summary>
/// A ledger as reports and proofs read it: one kind of row after another, each in the order of its ids. Dispose each result before reading
/// the next.
/// </summary>
public interface ILedgerSnapshot : IAsyncDisposable
{
    ValueTask<LedgerCounters> ReadCountersAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Certificate>> ReadCertificatesAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Batch>> ReadBatchesAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Entry>> ReadEntriesAsync(CancellationToken cancellationToken);

    ValueTask<IRows<Redemption>> ReadRedemptionsAsync(CancellationToken cancellationToken);

    /// <summary>Reads the folded codes, in no particular order.</summary>
    ValueTask<IRows<FoldedCode>> ReadFoldedCodesAsync(CancellationToken cancellationToken);
}

public sealed record AccessContents(IReadOnlyList<Site> Sites, IReadOnlyList<ApiToken> Tokens);
