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
        ContainsFolded: "position({0} in code_folded) > 0",
        Codes: new("certificate", "id", "position({0} in code_folded) > 0", Count: "certificate_count"),
        HasFoldedCode: "code_folded = {0}", NoLimit: "all", AmongIds: "= any (array({0}))",
        AmongListed: "= any (string_to_array({0}, ',')::bigint[])");

    private static readonly Selections Selections = new(PostgresStatements.Text, Dialect);

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
        RowsAsync(siteId, Selections.Of(query), Columns<PostgresRow>.Of(query), cancellationToken);

    public ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        RowsAsync(siteId, Selections.Of(query), Columns<PostgresRow>.ListedRedemption, cancellationToken);

    public ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        RowsAsync(siteId, Selections.Of(query), Columns<PostgresRow>.ListedEntry, cancellationToken);

    public ValueTask<IRows<Batch>> QueryAsync(long siteId, BatchQuery query, CancellationToken cancellationToken) =>
        RowsAsync(siteId, Selections.Of(query), Columns<PostgresRow>.Batch, cancellationToken);

    public ValueTask<Batch?> FindBatchAsync(long siteId, long batchId, CancellationToken cancellationToken) => FindAsync(
        siteId,
        batch => batch.Add("batch_load").With(siteId).With<long[]>([batchId]),
        Columns<PostgresRow>.Batch,
        cancellationToken);

    public async ValueTask<Batch?> FindBatchOfAsync(long siteId, long certificateId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(
            siteId,
            batch => batch.Add("batch_of_certificate").With(siteId).With(certificateId),
            Columns<PostgresRow>.Batch,
            cancellationToken);
        return found?.LastCertificateId >= certificateId ? found : null;
    }

    public async ValueTask<long> ReadLastEntryIdAsync(long siteId, CancellationToken cancellationToken)
    {
        var counters = await FindAsync(
            siteId, batch => batch.Add("counter_get").With(siteId), Columns<PostgresRow>.Counters, cancellationToken);
        return counters.LastEntryId;
    }

    public ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, query.HasFilters ? ReadExtent.Scan : ReadExtent.Few, Selections.CountOf(query), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ReadExtent.Scan, Selections.CountOf(query), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ReadExtent.Scan, Selections.CountOf(query), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, BatchQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ReadExtent.Few, Selections.CountOfBatches, cancellationToken);

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
                var sites = await row.AllAsync(Columns<PostgresRow>.Site);
                return new AccessContents(sites, await row.NextAsync(Columns<PostgresRow>.Token));
            },
            cancellationToken);

    public ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken) =>
        rounds.ReadNewestEntryAtAsync(cancellationToken);

    public ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken) =>
        nodes.Named.Readers.ReadAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add("access_version_get").With(AllSites.Id);
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

    private async ValueTask<IRows<TRow>> RowsAsync<TRow>(
        long siteId, Selection selection, Func<PostgresRow, TRow> read, CancellationToken cancellationToken)
        where TRow : allows ref struct
    {
        var (reader, tables) = await nodes.TakeAsync(siteId, selection.Extent, cancellationToken);
        return await PostgresRows<TRow>.OpenAsync(reader, siteId, tables.Adapt(selection), read, keepReader: false, cancellationToken);
    }

    /// <summary>Reads the first row of a statement; default if it returns no row.</summary>
    private ValueTask<T?> FindAsync<T>(
        long siteId, Action<NpgsqlBatch> ask, Func<PostgresRow, T> read, CancellationToken cancellationToken) => ReadAsync(
        siteId,
        ReadExtent.Few,
        async (connection, tables) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            ask(batch);
            await using var row = await tables.Adapt(batch).ExecuteReaderAsync(CancellationToken.None);
            return await row.ReadAsync(CancellationToken.None) ? read(PostgresRow.Of(row)) : default;
        },
        cancellationToken);

    private ValueTask<long> CountAsync(long siteId, ReadExtent extent, ComposedQuery query, CancellationToken cancellationToken) =>
        ReadAsync(
            siteId,
            extent,
            async (connection, tables) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add(siteId, tables.Adapt(query));
                return await batch.ExecuteScalarAsync(CancellationToken.None) is long number ? number : 0;
            },
            cancellationToken);
}
