using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>
/// PostgreSQL, as a single server or as a cluster with one primary. Several Scrip servers may share it. Reads go to the primary too, so
/// that a caller sees every write that was acknowledged to it.
/// </summary>
public sealed class PostgresStore : IStore, IReadOnlyStore
{
    internal static readonly QueryDialect Dialect = new(
        '$',
        ContainsFolded: "position({0} in code_folded) > 0",
        Codes: new("certificate", "id", "position({0} in code_folded) > 0"),
        HasFoldedCode: "code_folded = {0}", NoLimit: "all", AmongIds: "= any (array({0}))");

    private readonly PostgresPreparation preparation;
    private readonly PostgresNodes nodes;
    private readonly PostgresRounds rounds;
    private readonly PostgresProbes probes;

    private PostgresStore(
        NpgsqlConnectionStringBuilder settings, int writersAtOnce, TimeSpan longestList, Action<NpgsqlConnection> prepare)
    {
        WritersAtOnce = writersAtOnce;
        preparation = new PostgresPreparation(settings, prepare, Watch);
        nodes = new PostgresNodes(settings, longestList, preparation);
        rounds = new PostgresRounds(nodes);
        probes = new PostgresProbes(nodes);
    }

    public string Description => preparation.Description;

    public string? Obstacle => preparation.Obstacle;

    /// <summary>See <see cref="Stores.Open"/>.</summary>
    public static PostgresStore Open(StoreSettings settings, DateTimeOffset now) => Open(
        settings.ConnectionString,
        settings.Writers,
        settings.LongestList,
        connection =>
        {
            PostgresMigrations.Run(connection, settings, now, done: static _ => { });
            PostgresDurability.Check(connection);
        },
        mayBeAway: true);

    /// <summary>See <see cref="Stores.OpenReadOnly"/>.</summary>
    public static PostgresStore OpenReadOnly(StoreSettings settings) => Open(
        settings.ConnectionString,
        writers: 0,
        Timeout.InfiniteTimeSpan,
        connection =>
        {
            PostgresMigrations.CheckCurrent(connection);
            PostgresMigrations.CheckDefaultSite(connection, settings);
        },
        mayBeAway: false);

    /// <summary>
    /// False: a transaction of several sites would hold all their locks, in varying order, and involve all their servers.
    /// </summary>
    public bool SharesCommits => false;

    public int WritersAtOnce { get; }

    public ValueTask<int> FindServerAsync(long siteId, CancellationToken cancellationToken) =>
        nodes.FindNumberAsync(siteId, cancellationToken);

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        if (!preparation.IsDone)
            nodes.Named.Writers.Connect();
        return new PostgresTransaction(nodes, siteId, lookup, now);
    }

    public ValueTask<Certificate?> FindAsync(long siteId, long certificateId, CancellationToken cancellationToken) =>
        nodes.AskAsync(
            siteId,
            place => place.Node.Certificates.FindAsync(place.Tables, siteId, certificateId, cancellationToken),
            cancellationToken);

    public ValueTask<IRows<CertificateRow>> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId,
            ComposedQuery.List(ListStatement(query), query, Dialect),
            ColumnsOf(query),
            ExtentOf(query.NamesFew, query.Take),
            cancellationToken);

    public ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, ComposedQuery.List(PostgresStatements.Text("redemption_list"), query, Dialect), PostgresColumns.ListedRedemption,
            ExtentOf(query.Id is not null, query.Take), cancellationToken);

    public ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, ComposedQuery.List(PostgresStatements.Text("entry_list"), query, Dialect), PostgresColumns.ListedEntry,
            ExtentOf(namesFew: false, query.Take), cancellationToken);

    public ValueTask<IRows<Batch>> QueryAsync(long siteId, BatchQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, ComposedQuery.List(PostgresStatements.Text("batch_list"), query, Dialect), PostgresColumns.Batch,
            ExtentOf(namesFew: false, query.Take), cancellationToken);

    public ValueTask<Batch?> FindBatchAsync(long siteId, long batchId, CancellationToken cancellationToken) =>
        FindBatchAsync(siteId, batch => batch.Add("batch_load").With(siteId).With<long[]>([batchId]), cancellationToken);

    public async ValueTask<Batch?> FindBatchOfAsync(long siteId, long certificateId, CancellationToken cancellationToken) =>
        await FindBatchAsync(siteId, batch => batch.Add("batch_of_certificate").With(siteId).With(certificateId), cancellationToken)
            is { } found && found.LastCertificateId >= certificateId ? found : null;

    public ValueTask<long> ReadLastBatchIdAsync(long siteId, CancellationToken cancellationToken) =>
        ReadCounterAsync(siteId, PostgresStatements.Text("counter_last_batch"), cancellationToken);

    public ValueTask<long> ReadLastEntryIdAsync(long siteId, CancellationToken cancellationToken) =>
        ReadCounterAsync(siteId, PostgresStatements.Text("counter_last_entry"), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        // Ids have no gaps and certificates are never deleted, so the last id is their number.
        query.HasFilters
            ? CountAsync(siteId, ComposedQuery.Count(PostgresStatements.Text("certificate_count"), query, Dialect), cancellationToken)
            : ReadCounterAsync(siteId, PostgresStatements.Text("counter_get"), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ComposedQuery.Count(PostgresStatements.Text("redemption_count"), query, Dialect), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ComposedQuery.Count(PostgresStatements.Text("entry_count"), query, Dialect), cancellationToken);

    public ValueTask<bool> HasRecordAsync(long siteId, long actor, IdempotencyKey key, CancellationToken cancellationToken) =>
        ReadAsync(
            siteId,
            ReadExtent.Few,
            async (connection, tables) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add("idempotency_record_get").With(siteId).With<long[]>([actor]).With<string[]>([key.Text]);
                return await tables.Adapt(batch).ExecuteScalarAsync(CancellationToken.None) is not null;
            },
            cancellationToken);

    public ValueTask<bool> HasOverdueHoldsAsync(long siteId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(
            siteId,
            ReadExtent.Few,
            async (connection, tables) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add("redemption_has_overdue").With(siteId).With(now);
                return await tables.Adapt(batch).ExecuteScalarAsync(CancellationToken.None) is not null;
            },
            cancellationToken);

    public ValueTask<LedgerContents> ReadOverdueHoldsAsync(
        long siteId, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        ReadAsync(
            siteId, ReadExtent.Scan, (connection, tables) => PostgresOverdueHolds.ReadAsync(connection, tables, siteId, now, most),
            cancellationToken);

    public ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        rounds.ReadSitesWithOverdueHoldsAsync(now, cancellationToken);

    public async ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken)
    {
        var (reader, tables) = await nodes.TakeAsync(siteId, ReadExtent.Whole, cancellationToken);
        try
        {
            return await PostgresSnapshot.BeginAsync(reader, tables, siteId, cancellationToken);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken) =>
        nodes.Named.Readers.ReadAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                // Two statements on one snapshot, so that no token is read without its site.
                batch.Add("snapshot_begin");
                batch.Add("access_sites");
                batch.Add("access_tokens");
                batch.Add("transaction_rollback");
                await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
                var sites = await row.AllAsync(PostgresAccess.Site);
                return new AccessContents(sites, await row.NextAsync(PostgresAccess.Token));
            },
            cancellationToken);

    public ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken) =>
        rounds.ReadNewestEntryAtAsync(cancellationToken);

    public ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken) =>
        nodes.Named.Readers.ReadAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add("access_version_get").With(PostgresAccess.AllSites);
                return await batch.ExecuteScalarAsync(CancellationToken.None) is long version ? version : 0;
            },
            cancellationToken);

    public IReadOnlyList<string> NodesAway => probes.NodesAway;

    public void Probe(DateTimeOffset now) => probes.Run(now);

    public void Dispose() => nodes.Dispose();

    /// <summary>Starts the heartbeat. Until the database is prepared, only the preparation waits for it.</summary>
    private void Watch(NpgsqlConnection connection) => nodes.Named.Watch(connection.Host, connection.Port);

    private static PostgresStore Open(
        string connectionString, int writers, TimeSpan longestList, Action<NpgsqlConnection> prepare, bool mayBeAway)
    {
        var settings = PostgresSettings.Parse(connectionString);
        var store = PostgresSettings.Understand(() => new PostgresStore(settings, writers, longestList, prepare));
        try
        {
            store.preparation.Run();
        }
        catch (StorageAwayException) when (mayBeAway)
        {
            // The store reports the obstacle and tries again with the next write.
        }
        catch
        {
            store.Dispose();
            throw;
        }
        return store;
    }

    private ValueTask<T> ReadAsync<T>(
        long siteId, ReadExtent extent, Func<NpgsqlConnection, PostgresTables, Task<T>> read, CancellationToken cancellationToken) =>
        nodes.ReadAsync(siteId, extent, read, cancellationToken);

    private static string ListStatement(CertificateQuery query) =>
        query.WithBatch ? PostgresStatements.Text("certificate_list_batch")
        : query.AllAttributes ? PostgresStatements.Text("certificate_list_all")
        : PostgresStatements.Text("certificate_list");

    private static Func<NpgsqlDataReader, CertificateRow> ColumnsOf(CertificateQuery query) =>
        query.WithBatch ? PostgresColumns.CertificateOfBatch()
        : query.AllAttributes ? PostgresColumns.WholeCertificate()
        : PostgresColumns.ListedCertificate();

    private static ReadExtent ExtentOf(bool namesFew, long? take) =>
        namesFew ? ReadExtent.Few : take is null ? ReadExtent.Whole : ReadExtent.Scan;

    private async ValueTask<IRows<TRow>> RowsAsync<TRow>(
        long siteId, ComposedQuery query, Func<NpgsqlDataReader, TRow> read, ReadExtent extent, CancellationToken cancellationToken)
        where TRow : allows ref struct
    {
        var (reader, tables) = await nodes.TakeAsync(siteId, extent, cancellationToken);
        return await PostgresRows<TRow>.OpenAsync(
            reader, siteId, tables.Adapt(query), read, isLong: extent == ReadExtent.Whole, keepReader: false, cancellationToken);
    }

    private ValueTask<Batch?> FindBatchAsync(long siteId, Action<NpgsqlBatch> ask, CancellationToken cancellationToken) => ReadAsync(
        siteId,
        ReadExtent.Few,
        async (connection, tables) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            ask(batch);
            await using var row = await tables.Adapt(batch).ExecuteReaderAsync(CancellationToken.None);
            return await row.ReadAsync(CancellationToken.None) ? PostgresColumns.Batch(row) : null;
        },
        cancellationToken);

    private ValueTask<long> CountAsync(long siteId, ComposedQuery query, CancellationToken cancellationToken) =>
        ReadNumberAsync(siteId, ReadExtent.Scan, query, cancellationToken);

    private ValueTask<long> ReadCounterAsync(long siteId, string statement, CancellationToken cancellationToken) =>
        ReadNumberAsync(siteId, ReadExtent.Few, new ComposedQuery(statement, []), cancellationToken);

    private ValueTask<long> ReadNumberAsync(
        long siteId, ReadExtent extent, ComposedQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            siteId,
            extent,
            async (connection, tables) =>
            {
                await using var command = PostgresStatements.CommandFor(connection, siteId, tables.Adapt(query));
                return await command.ExecuteScalarAsync(CancellationToken.None) is long number ? number : 0;
            },
            cancellationToken);
}
