using System.Globalization;
using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>
/// PostgreSQL, alone or as a cluster of which one is the primary; several servers may share it. Reads go to the primary too: whoever was
/// told that a write is done sees it.
/// </summary>
public sealed class PostgresStore : IStore, IReadOnlyStore
{
    /// <summary>Unlike SQLite's, this comparison is ICU's: full case mappings, so that ß finds SS.</summary>
    private static readonly QueryDialect Dialect = new(
        '$', """position(lower({0} collate "und-x-icu") in lower(code collate "und-x-icu")) > 0""",
        HasFoldedCode: "code_folded = {0}", NoLimit: "all", AmongIds: "= any (array({0}))");

    private readonly PostgresReaders readers;
    private readonly PostgresCertificateReads certificateReads;
    private readonly PostgresWriter writer;

    private PostgresStore(PostgresReaders readers, PostgresWriter writer, string description)
    {
        this.readers = readers;
        certificateReads = new PostgresCertificateReads(readers);
        this.writer = writer;
        Description = description;
    }

    public string Description { get; }

    public static PostgresStore Open(StoreSettings settings, DateTimeOffset now) => Open(settings.ConnectionString, connection =>
    {
        PostgresMigrations.Run(connection, settings, now, done: static _ => { });
        PostgresDurability.Check(connection);
    });

    /// <summary>See <see cref="Stores.OpenReadOnly"/>.</summary>
    public static PostgresStore OpenReadOnly(string connectionString) => Open(connectionString, PostgresMigrations.CheckCurrent);

    public ILedgerTransaction Begin(long siteId, Footprint footprint, DateTimeOffset now) =>
        new PostgresTransaction(writer, siteId, footprint, now);

    public ValueTask<Certificate?> FindAsync(long siteId, long certificateId, CancellationToken cancellationToken) =>
        certificateReads.FindAsync(siteId, certificateId, cancellationToken);

    public ValueTask<IRows<CertificateRow>> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId,
            ComposedQuery.List(ListStatement(query), query, Dialect),
            query.AllAttributes ? PostgresColumns.WholeCertificate() : PostgresColumns.ListedCertificate(),
            // What one code folds to has few certificates.
            isLong: query is { Take: null, Id: null, FoldedCode: null },
            cancellationToken);

    public ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, ComposedQuery.List(PostgresStatements.Text("redemption_list"), query, Dialect), PostgresColumns.ListedRedemption,
            isLong: query is { Take: null, Id: null }, cancellationToken);

    public ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, ComposedQuery.List(PostgresStatements.Text("entry_list"), query, Dialect), PostgresColumns.ListedEntry,
            isLong: query.Take is null, cancellationToken);

    public ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        // Ids have no gaps and certificates are never deleted: the last id is their number.
        CountAsync(
            siteId,
            query.HasFilters
                ? ComposedQuery.Count(PostgresStatements.Text("certificate_count"), query, Dialect)
                : new ComposedQuery(PostgresStatements.Text("counter_get"), []),
            cancellationToken);

    public ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ComposedQuery.Count(PostgresStatements.Text("redemption_count"), query, Dialect), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        CountAsync(siteId, ComposedQuery.Count(PostgresStatements.Text("entry_count"), query, Dialect), cancellationToken);

    public async ValueTask<bool> HasRecordAsync(long siteId, long actor, IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        batch.Add("idempotency_record_get").With(siteId).With<long[]>([actor]).With<string[]>([key.Text]);
        return await PostgresFaults.GuardAsync(async () => await batch.ExecuteScalarAsync(cancellationToken) is not null);
    }

    public async ValueTask<bool> HasOverdueHoldsAsync(long siteId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        batch.Add("redemption_has_overdue").With(siteId).With(now);
        return await PostgresFaults.GuardAsync(async () => await batch.ExecuteScalarAsync(cancellationToken) is not null);
    }

    public async ValueTask<LedgerContents> ReadOverdueHoldsAsync(
        long siteId, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        var loading = new PostgresLoading(reader.Connection, siteId, new Footprint(), now, most);
        return await PostgresFaults.GuardAsync(() => loading.PeekAsync(cancellationToken)) ?? new LedgerContents { SiteId = siteId };
    }

    public async ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        batch.Add("redemption_overdue_sites").With(now);
        return await PostgresFaults.GuardAsync(async () =>
        {
            await using var row = await batch.ExecuteReaderAsync(cancellationToken);
            var sites = new List<long>();
            while (await row.ReadAsync(cancellationToken))
                sites.Add(row.GetInt64(0));
            return sites;
        });
    }

    public async ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken)
    {
        var reader = await readers.TakeAsync(forWholeList: true, cancellationToken);
        try
        {
            return await PostgresFaults.GuardAsync(() => PostgresSnapshot.BeginAsync(reader, siteId, cancellationToken));
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        // Two statements, one state: no token is read without its site.
        batch.Add("snapshot_begin");
        batch.Add("access_sites");
        batch.Add("access_tokens");
        batch.Add("transaction_rollback");
        return await PostgresFaults.GuardAsync(async () =>
        {
            await using var row = await batch.ExecuteReaderAsync(cancellationToken);
            var sites = PostgresAccess.ReadSites(row);
            await row.NextResultAsync(cancellationToken);
            return new AccessContents(sites, PostgresAccess.ReadTokens(row));
        });
    }

    public async ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        batch.Add("counter_newest_entry");
        return Microseconds.ToInstant(
            await PostgresFaults.GuardAsync(async () => (long)(await batch.ExecuteScalarAsync(cancellationToken))!));
    }

    public async ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var batch = new NpgsqlBatch(reader.Connection);
        batch.Add("access_version_get").With(PostgresAccess.AllSites);
        return await PostgresFaults.GuardAsync(async () => await batch.ExecuteScalarAsync(cancellationToken) is long version ? version : 0);
    }

    public void Probe(DateTimeOffset now)
    {
        try
        {
            var connection = writer.Connect();
            PostgresDurability.Check(connection);
            PostgresMigrations.CheckCurrent(connection);
            using var batch = new NpgsqlBatch(connection);
            batch.Add("probe_set").With(Site.DefaultId).With(now);
            batch.ExecuteNonQuery();
        }
        catch (NpgsqlException error)
        {
            writer.Abandon();
            throw PostgresFaults.Unreachable(error);
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        readers.Dispose();
    }

    private static PostgresStore Open(string setting, Action<NpgsqlConnection> prepare)
    {
        var settings = PostgresSettings.Parse(setting);
        var description = "";
        PostgresSetup.Run(settings, connection =>
        {
            prepare(connection);
            description = string.Create(
                CultureInfo.InvariantCulture, $"{settings.Database} on {settings.Host} (PostgreSQL {connection.PostgreSqlVersion})");
        });
        return new PostgresStore(
            new PostgresReaders(PostgresSettings.Pool(settings), settings.MaxPoolSize),
            new PostgresWriter(PostgresSettings.Single(settings)),
            description);
    }

    private static string ListStatement(CertificateQuery query) =>
        query.AllAttributes ? PostgresStatements.Text("certificate_list_all") : PostgresStatements.Text("certificate_list");

    /// <param name="isLong">It may take as long as whoever reads it likes.</param>
    private async ValueTask<IRows<TRow>> RowsAsync<TRow>(
        long siteId, ComposedQuery query, Func<NpgsqlDataReader, TRow> read, bool isLong, CancellationToken cancellationToken)
        where TRow : allows ref struct
    {
        var reader = await readers.TakeAsync(forWholeList: isLong, cancellationToken);
        var command = CommandFor(reader.Connection, siteId, query);
        try
        {
            var row = await PostgresFaults.GuardAsync(() => command.ExecuteReaderAsync(cancellationToken));
            return new PostgresRows<TRow>(reader, command, row, read, isLong);
        }
        catch
        {
            await command.DisposeAsync();
            await reader.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<long> CountAsync(long siteId, ComposedQuery query, CancellationToken cancellationToken)
    {
        await using var reader = await readers.TakeAsync(forWholeList: false, cancellationToken);
        await using var command = CommandFor(reader.Connection, siteId, query);
        return await PostgresFaults.GuardAsync(async () => await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0);
    }

    internal static NpgsqlCommand CommandFor(NpgsqlConnection connection, long siteId, ComposedQuery query)
    {
#pragma warning disable CA2100 // Composed from embedded files and a closed list; values are parameters.
        var command = new NpgsqlCommand(query.Text, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = siteId });
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
