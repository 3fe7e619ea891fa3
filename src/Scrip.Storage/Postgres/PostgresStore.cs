using System.Data;
using System.Globalization;
using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Postgres;

/// <summary>
/// PostgreSQL, alone or as a cluster of which one is the primary; several servers may share it. Reads go to the primary too: whoever was
/// told that a write is done sees it.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>Unlike SQLite's, this comparison is ICU's: full case mappings, so that ß finds SS.</summary>
    private static readonly QueryDialect Dialect = new(
        '$', """position(lower({0} collate "und-x-icu") in lower(code collate "und-x-icu")) > 0""", NoLimit: "all");

    private readonly NpgsqlMultiHostDataSource dataSource;
    private readonly PostgresWriter writer;

    private PostgresStore(NpgsqlMultiHostDataSource dataSource, string description)
    {
        this.dataSource = dataSource;
        writer = new PostgresWriter(dataSource);
        Description = description;
    }

    public string Description { get; }

    public static PostgresStore Open(StoreSettings settings, DateTimeOffset now)
    {
        var connectionString = PostgresSettings.Parse(settings.ConnectionString);
        var dataSource = new NpgsqlDataSourceBuilder(connectionString.ConnectionString).BuildMultiHost();
        try
        {
            using var connection = dataSource.OpenConnection(TargetSessionAttributes.Primary);
            PostgresMigrations.Run(connection, settings, now);
            PostgresDurability.Check(connection);
            var description = string.Create(
                CultureInfo.InvariantCulture,
                $"{connectionString.Database} on {connectionString.Host} (PostgreSQL {connection.PostgreSqlVersion})");
            return new PostgresStore(dataSource, description);
        }
        catch (Exception refused) when (refused is NpgsqlException or StorageException or TimeoutException)
        {
            dataSource.Dispose();
            throw new StorageSetupException(
                $"The database {connectionString.Database} on {connectionString.Host} cannot be used: {refused.Message}", refused);
        }
        catch (StorageSetupException)
        {
            dataSource.Dispose();
            throw;
        }
    }

    public ILedgerTransaction Begin(long siteId, Footprint footprint) => new PostgresTransaction(writer, siteId, footprint);

    public async ValueTask<ICertificateRows> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        var command = CommandFor(connection, siteId, ComposedQuery.List(PostgresStatements.Text("certificate_list"), query, Dialect));
        try
        {
            var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            return new PostgresRows(connection, command, reader, isLong: query.Id is null && query.Take is null);
        }
        catch (NpgsqlException error)
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
            throw PostgresFaults.Of(error, committing: false) ?? (Exception)error;
        }
    }

    public async ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        // Ids have no gaps and certificates are never deleted: the last id is their number.
        await using var command = CommandFor(connection, siteId, query.HasFilters
            ? ComposedQuery.Count(PostgresStatements.Text("certificate_count"), query, Dialect)
            : new ComposedQuery(PostgresStatements.Text("counter_get"), []));
        return await GuardAsync(async () => await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0);
    }

    public async ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        // Two statements, one state: no token is read without its site.
        batch.Add("snapshot_begin");
        batch.Add("access_sites");
        batch.Add("access_tokens");
        batch.Add("transaction_rollback");
        return await GuardAsync(async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var sites = PostgresAccess.ReadSites(reader);
            await reader.NextResultAsync(cancellationToken);
            return new AccessContents(sites, PostgresAccess.ReadTokens(reader));
        });
    }

    public async ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("access_version_get").With(PostgresAccess.AllSites);
        return await GuardAsync(async () => await batch.ExecuteScalarAsync(cancellationToken) is long version ? version : 0);
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
        dataSource.Dispose();
    }

    private async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(TargetSessionAttributes.Primary, cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw PostgresFaults.Unreachable(error);
        }
    }

    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, long siteId, ComposedQuery query)
    {
#pragma warning disable CA2100 // Composed from embedded files and a closed list; values are parameters.
        var command = new NpgsqlCommand(query.Text, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = siteId });
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async ValueTask<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Of(error, committing: false) ?? (Exception)error;
        }
    }
}
