using Npgsql;
using Scrip.Storage;
using Scrip.Storage.Postgres;
using Scrip.Tests.Simulation.Defects;
using Scrip.Tests.Storage;

namespace Scrip.Tests.Simulation;

/// <summary>The environment of programmes: the database, the number of servers that share it, and the defect of each.</summary>
internal sealed class SimulationWorld : IDisposable
{
    public static readonly TimeSpan TimeForRival = TimeSpan.FromMilliseconds(4);

    private long lastSite;

    private SimulationWorld(TestDatabase database, int servers, Func<Defect>? defect)
    {
        Database = database;
        Servers = servers;
        Defect = defect;
    }

    public TestDatabase Database { get; }
    public int Servers { get; }
    public Func<Defect>? Defect { get; }

    public static SimulationWorld OnSqlite(Func<Defect>? defect = null) => new(new SqliteDatabase(), servers: 1, defect);

    public static SimulationWorld OnPostgres(int servers, Func<Defect>? defect = null) => new(new PostgresDatabase(), servers, defect);

    /// <summary>Opens the database as the server of this name.</summary>
    public IStore Open(string server) => Database is PostgresDatabase postgres
        ? PostgresStore.Open(
            postgres.Settings with { ConnectionString = $"{postgres.Settings.ConnectionString};Application Name={server}" },
            Support.Instants.Start)
        : Database.Open();

    /// <summary>Ends the connection in whose transaction the server is; null if there are no connections.</summary>
    public Action? CutConnectionOf(string server) => Database is PostgresDatabase postgres ? () => Cut(postgres, server) : null;

    /// <summary>Creates a site. Programmes share a database and have their own sites.</summary>
    public long NewSite() => ++lastSite;

    public void Dispose() => Database.Dispose();

    /// <summary>Cuts the connection that writes: no other one is idle inside a transaction.</summary>
    private static void Cut(PostgresDatabase database, string server)
    {
        using var connection = database.Postgres.Connect();
        using var cut = new NpgsqlCommand(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = $1 and state = 'idle in transaction'
            """,
            connection);
        cut.Parameters.Add(new NpgsqlParameter<string> { TypedValue = server });
        cut.ExecuteNonQuery();
    }
}
