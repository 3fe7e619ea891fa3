using Npgsql;
using Scrip.Tests.Simulation.Defects;
using Scrip.Tests.Storage;

namespace Scrip.Tests.Simulation;

/// <summary>Where programmes run: the database, how many servers share it, and what is wrong with each of them.</summary>
internal sealed class SimulationWorld : IDisposable
{
    public static readonly TimeSpan TimeForRival = TimeSpan.FromMilliseconds(4);

    private long lastSite;

    private SimulationWorld(TestDatabase database, int servers, Func<Defect>? defect)
    {
        Database = database;
        Servers = servers;
        Defect = defect;
        CutConnection = database is PostgresDatabase postgres ? () => Cut(postgres) : null;
    }

    public TestDatabase Database { get; }
    public int Servers { get; }
    public Func<Defect>? Defect { get; }

    /// <summary>Null where there are no connections.</summary>
    public Action? CutConnection { get; }

    public static SimulationWorld OnSqlite(Func<Defect>? defect = null) => new(new SqliteDatabase(), servers: 1, defect);

    public static SimulationWorld OnPostgres(int servers, Func<Defect>? defect = null) => new(new PostgresDatabase(), servers, defect);

    /// <summary>Programmes share a database and have a site each.</summary>
    public long NewSite() => ++lastSite;

    public void Dispose() => Database.Dispose();

    /// <summary>Nobody but a server that writes is in the middle of a transaction without being at it.</summary>
    private static void Cut(PostgresDatabase database)
    {
        using var connection = database.Postgres.Connect();
        using var cut = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
            connection);
        cut.ExecuteNonQuery();
    }
}
