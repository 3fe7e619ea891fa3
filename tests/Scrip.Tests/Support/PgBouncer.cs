using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>
/// A test's own pgbouncer in front of a PostgreSQL server, set up as in docs/operating/postgresql.md. It is Debian's, or the executable
/// that <c>SCRIP_TEST_PGBOUNCER</c> names.
/// </summary>
public sealed class PgBouncer : IDisposable
{
    private readonly string folder = PostgresUser.MakeFolder();

    private PgBouncer(string storage, string[] settings)
    {
        var server = new NpgsqlConnectionStringBuilder(storage);
        var port = PostgresUser.FreePort();
        // The speed of a busy machine must not decide a test.
        Storage = new NpgsqlConnectionStringBuilder(storage) { Port = port, Timeout = 30 }.ConnectionString;
        File.WriteAllText(Path.Combine(folder, "users"), $"\"{server.Username}\" \"\"\n");
        // The last of repeated settings applies.
        File.WriteAllLines(Settings, [
            "[databases]",
            string.Create(CultureInfo.InvariantCulture, $"* = host={server.Host} port={server.Port}"),
            "[pgbouncer]",
            .. Documented(),
            "listen_addr = 127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"listen_port = {port}"),
            "unix_socket_dir =",
            "auth_type = trust",
            $"auth_file = {Path.Combine(folder, "users")}",
            $"logfile = {Log}",
            $"pidfile = {ProcessFile}",
            .. settings,
        ]);
        Resume();
    }

    /// <summary>What is missing for a pgbouncer; null if nothing is.</summary>
    public static string? FindMissing() =>
        PostgresServer.FindMissing() ?? (Executable is null ? "pgbouncer is not installed (Debian: pgbouncer)" : null);

    /// <summary>The storage setting of the database, through the pooler.</summary>
    public string Storage { get; }

    /// <param name="storage">The storage setting of the server itself.</param>
    /// <param name="settings">Lines of its configuration, such as <c>pool_mode = transaction</c>.</param>
    public static PgBouncer Start(string storage, params string[] settings) => new(storage, settings);

    /// <summary>Sends SIGKILL: every connection to it breaks.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(int.Parse(File.ReadAllText(ProcessFile), CultureInfo.InvariantCulture));
        process.Kill();
        process.WaitForExit();
        File.Delete(ProcessFile);
    }

    /// <summary>Starts it, also after a kill.</summary>
    public void Resume()
    {
        PostgresUser.RunAs(Executable ?? throw new InvalidOperationException(FindMissing()), "-d", Settings);
        var started = Stopwatch.GetTimestamp();
        while (!File.Exists(ProcessFile) || new FileInfo(ProcessFile).Length == 0)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException(File.ReadAllText(Log));
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        if (File.Exists(ProcessFile))
            Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static string? Executable =>
        Environment.GetEnvironmentVariable("SCRIP_TEST_PGBOUNCER") is { Length: > 0 } given ? given : PostgresUser.Find("pgbouncer");

    private string Settings => Path.Combine(folder, "pgbouncer.ini");
    private string Log => Path.Combine(folder, "log");
    private string ProcessFile => Path.Combine(folder, "pid");

    private static IEnumerable<string> Documented() => SourceTree.Read("docs/operating/postgresql.md").Lines
        .SkipWhile(line => line != "[pgbouncer]").Skip(1).TakeWhile(line => line != "```");
}
