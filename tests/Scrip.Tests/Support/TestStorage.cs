namespace Scrip.Tests.Support;

/// <summary>
/// The database of a test of its own. <c>SCRIP_TEST_STORAGE=postgres</c> runs every test that does not say otherwise on PostgreSQL: on
/// the server that <c>SCRIP_TEST_POSTGRES</c> names, or on one of the test run's own.
/// </summary>
public sealed class TestStorage : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestStorage() => Setting = IsPostgres ? NewPostgresDatabase() : folder.Storage;

    public static bool IsPostgres => Environment.GetEnvironmentVariable("SCRIP_TEST_STORAGE") == "postgres";

    /// <summary>Where SQLite's files are; empty on PostgreSQL.</summary>
    public string Folder => folder.Path;

    /// <summary>The storage setting.</summary>
    public string Setting { get; }

    public void Dispose() => folder.Dispose();

    public static string NewPostgresDatabase() => Environment.GetEnvironmentVariable("SCRIP_TEST_POSTGRES") is { Length: > 0 } server
        ? PostgresServer.CreateDatabaseOn(server)
        : PostgresServer.Shared.CreateDatabase();
}
