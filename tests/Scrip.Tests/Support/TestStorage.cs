namespace Scrip.Tests.Support;

/// <summary>
/// A test's own database. <c>SCRIP_TEST_STORAGE=postgres</c> runs every test that does not choose its database on PostgreSQL: on the server
/// that <c>SCRIP_TEST_POSTGRES</c> names, or on one of the test run's own. With <c>SCRIP_TEST_DISTRIBUTE=citus</c> that server is the
/// coordinator of a cluster, and each database is distributed.
/// </summary>
public sealed class TestStorage : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestStorage()
        : this("USD", "UTC")
    {
    }

    /// <summary>Creates a database for a server with these settings.</summary>
    public TestStorage(string currency, string timeZone) =>
        Setting = IsPostgres ? NewPostgresDatabase(currency, timeZone) : folder.Storage;

    public static bool IsPostgres => Environment.GetEnvironmentVariable("SCRIP_TEST_STORAGE") == "postgres";

    /// <summary>The cluster on which each database is distributed; null if none is.</summary>
    internal static CitusCluster? Cluster => Environment.GetEnvironmentVariable("SCRIP_TEST_DISTRIBUTE") == "citus"
        ? CitusCluster.On(
            Server ?? throw new InvalidOperationException("SCRIP_TEST_DISTRIBUTE needs SCRIP_TEST_POSTGRES, which names the coordinator."))
        : null;

    private static string? Server => Environment.GetEnvironmentVariable("SCRIP_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    /// <summary>Where SQLite's files are; empty on PostgreSQL.</summary>
    public string Folder => folder.Path;

    /// <summary>The storage setting.</summary>
    public string Setting { get; }

    public void Dispose()
    {
        folder.Dispose();
        if (IsPostgres)
            Cluster?.DropDatabase(Setting);
    }

    /// <summary>Creates a database. A distributed one already has the default site; any other gets it with its first start.</summary>
    public static string NewPostgresDatabase(string currency = "USD", string timeZone = "UTC") =>
        Cluster is { } cluster ? cluster.CreateDatabase(currency, timeZone)
        : Server is { } server ? PostgresServer.CreateDatabaseOn(server)
        : PostgresServer.Shared.CreateDatabase();
}
