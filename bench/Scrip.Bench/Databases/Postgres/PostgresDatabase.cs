using Npgsql;
using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Databases.Limits.Postgres;

namespace Scrip.Bench.Databases.Postgres;

/// <summary>A database for each store, all on one server.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly PostgresServer server;
    private int made;

    private PostgresDatabase(PostgresServer server, string version)
    {
        this.server = server;
        Version = version;
    }

    public string Name => "PostgreSQL";

    public string Version { get; }

    public Goals Goals => Goals.OnPostgres;

    public IListLimit ListLimit { get; } = new PostgresList();

    public static async Task<PostgresDatabase> StartAsync(string programs, CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(programs, cancellationToken);
        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return new(server, connection.PostgreSqlVersion.ToString());
    }

    public async Task<Store> CreateStoreAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var name = $"store_{++made}";
        var setting = server.ConnectionStringOf(name);
        await PostgresServer.ExecuteAsync(server.ConnectionString, $"create database {name}", cancellationToken);
        return new(folder, setting, SettleAsync, DropAsync);

        async Task SettleAsync(CancellationToken cancellation)
        {
            await PostgresServer.ExecuteAsync(setting, "vacuum (analyze)", cancellation);
            await PostgresServer.ExecuteAsync(setting, "checkpoint", cancellation);
        }

        async Task DropAsync()
        {
            await PostgresServer.ExecuteAsync(server.ConnectionString, $"drop database {name} with (force)", CancellationToken.None);
        }
    }

    public async Task<IBulkLimit> OpenBulkLimitAsync(DataFolder folder, CancellationToken cancellationToken) =>
        await PostgresBulk.OpenAsync(await CreateStoreAsync(folder, cancellationToken), cancellationToken);

    public async Task<IRateLimit?> OpenCommitLimitAsync(
        DataFolder folder, int certificates, bool ofPayments, CancellationToken cancellationToken)
    {
        var program = server.ProgramPath("pgbench");
        if (!File.Exists(program))
            return null;
        var store = await CreateStoreAsync(folder, cancellationToken);
        return await PgBench.OpenAsync(store, program, certificates, cancellationToken);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
