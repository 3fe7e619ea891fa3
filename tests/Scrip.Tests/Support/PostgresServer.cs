using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>
/// A PostgreSQL server for this test run, from Debian's packages or the programs in the folder that <c>SCRIP_TEST_POSTGRES_PROGRAMS</c>
/// names. It has its own folder and is as durable as a real one.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> OfThisRun = new(() =>
    {
        var server = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeBehind();
        return server;
    });

    private static int made;

    private readonly string folder;
    private readonly string[] settings;

    private PostgresServer(string[] settings)
    {
        this.settings = settings;
        Port = PostgresUser.FreePort();
        folder = PostgresUser.MakeFolder();
    }

    /// <summary>The server that tests share, each with its own database.</summary>
    public static PostgresServer Shared => OfThisRun.Value;

    /// <summary>The folder with initdb and the other programs; null if PostgreSQL is not installed.</summary>
    public static string? Programs()
    {
        if (Environment.GetEnvironmentVariable("SCRIP_TEST_POSTGRES_PROGRAMS") is { Length: > 0 } given)
            return given;
        return Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
    }

    /// <summary>What is missing for a server; null if nothing is.</summary>
    public static string? FindMissing() => Programs() is null ? "PostgreSQL's server is not installed (Debian: postgresql)" : null;

    public int Port { get; }

    /// <summary>Starts a server for a test that kills it or needs special settings, such as <c>synchronous_standby_names=*</c>.</summary>
    public static PostgresServer Start(params string[] settings)
    {
        var server = new PostgresServer(settings);
        AsPostgres("initdb", "-D", server.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C");
        server.Resume();
        return server;
    }

    /// <summary>Starts another server that follows this one until it is promoted.</summary>
    public PostgresServer StartStandby()
    {
        var standby = new PostgresServer([]);
        AsPostgres("pg_basebackup", "-D", standby.Data, "-d", Postgres, "-R", "-X", "stream", "-c", "fast");
        standby.Resume();
        return standby;
    }

    public void Promote() => AsPostgres("pg_ctl", "-D", Data, "-w", "promote");

    /// <summary>Creates an empty database and returns its storage setting.</summary>
    public string CreateDatabase() => CreateDatabaseOn(Setting("postgres"));

    /// <summary>The log since the server was created.</summary>
    public string ReadLog() => File.ReadAllText(Log);

    public string Setting(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    /// <summary>Queries the server itself and returns the first column of the rows.</summary>
    public IReadOnlyList<string> Ask(string sql)
    {
        using var connection = new NpgsqlConnection(Setting("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var row = command.ExecuteReader();
        var answers = new List<string>();
        while (row.Read())
            answers.Add(Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
        return answers;
    }

    /// <summary>Soon makes commits wait for a standby that does not exist; their writes are already on the disk.</summary>
    public void RequireStandby()
    {
        Ask("alter system set synchronous_standby_names = 'nobody'");
        Ask("select pg_reload_conf()");
    }

    public void ForgetStandby()
    {
        Ask("alter system reset synchronous_standby_names");
        Ask("select pg_reload_conf()");
    }

    /// <summary>The processes of the sessions whose commits wait for it.</summary>
    public IReadOnlyList<string> WaitingCommits() => Ask("select pid from pg_stat_activity where wait_event = 'SyncRep'");

    /// <param name="server">A connection string whose role may create databases.</param>
    public static string CreateDatabaseOn(string server)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"scrip_{Environment.ProcessId}_{Interlocked.Increment(ref made)}");
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var create = new NpgsqlCommand($"create database {name} encoding 'UTF8' template template0", connection);
        create.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>
    /// Sends SIGKILL to the postmaster and its children, in the middle of their work: otherwise they would first finish it and respond.
    /// </summary>
    public void Kill() => Signal.SendToFamily("KILL", Postmaster());

    /// <summary>Sends SIGSTOP to all its processes: it hangs, and its machine continues to acknowledge what it receives.</summary>
    public void Freeze()
    {
        Signal.SendToFamily("STOP", Postmaster());
        // It creates no more processes, so these are all.
        Signal.SendToFamily("STOP", Postmaster());
    }

    public void Thaw() => Signal.SendToFamily("CONT", Postmaster());

    /// <summary>Starts it, after a kill as soon as the killed one's children have gone.</summary>
    public void Resume()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200 -c max_wal_size=2GB")
            + string.Concat(settings.Select(setting => $" -c {setting}"));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                AsPostgres("pg_ctl", "-D", Data, "-o", options, "-l", Log, "-w", "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < 50)
            {
                Thread.Sleep(100);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Thaw();
            AsPostgres("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            // It is already down.
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// Leaves the clean-up to a separate process, so that the test run does not wait for gigabytes to be deleted at its end.
    /// </summary>
    private void DisposeBehind()
    {
        const string script = "(kill -QUIT $0; while kill -0 $0; do sleep 0.1; done; rm -rf \"$1\") >/dev/null 2>&1 </dev/null &";
        var postmaster = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, postmaster, folder]) { WorkingDirectory = "/" });
    }

    private int Postmaster() =>
        int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(folder, "data");
    private string Log => Path.Combine(folder, "log");

    /// <summary>The connection string of this server for its own programs.</summary>
    private string Postgres => string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={Port} user=postgres");

    private static void AsPostgres(string program, params string[] arguments) => PostgresUser.RunAs(
        Path.Combine(Programs() ?? throw new InvalidOperationException(FindMissing()), program), arguments);
}
