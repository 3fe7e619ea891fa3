using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scrip.Tests.Support;

/// <summary>
/// A PostgreSQL server of the test run's own, from Debian's packages, in a folder of its own, durable as a real one. It will not run as
/// root: then it runs as the user postgres.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> OfThisRun = new(() =>
    {
        var server = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private static int made;

    private readonly string folder;
    private readonly int port;

    private PostgresServer(string folder, int port)
    {
        this.folder = folder;
        this.port = port;
    }

    /// <summary>The one that tests share, each with a database of its own.</summary>
    public static PostgresServer Shared => OfThisRun.Value;

    /// <summary>What is missing for a server; null when nothing is.</summary>
    public static string? FindMissing() => Programs() is null ? "PostgreSQL's server is not installed (Debian: postgresql)" : null;

    /// <summary>A server for a test that kills it.</summary>
    public static PostgresServer Start()
    {
        var name = $"scrip-test-{Environment.ProcessId}-{Interlocked.Increment(ref made)}";
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        var server = new PostgresServer(folder, FreePort());
        AsPostgres("initdb", "-D", server.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C");
        server.Resume();
        return server;
    }

    /// <summary>The storage setting for a new, empty database.</summary>
    public string CreateDatabase() => CreateDatabaseOn(string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres"));

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

    /// <summary>SIGKILL to the postmaster; its children follow it when they notice.</summary>
    public void Kill()
    {
        Run("kill", "-9", File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());
    }

    /// <summary>Starts it, again after a kill: as soon as the killed one's children have gone.</summary>
    public void Resume()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200 -c max_wal_size=2GB");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                AsPostgres("pg_ctl", "-D", Data, "-o", options, "-l", Path.Combine(folder, "log"), "-w", "start");
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
            AsPostgres("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        }
        catch (InvalidOperationException)
        {
            // It is down already.
        }
        Directory.Delete(folder, recursive: true);
    }

    private string Data => Path.Combine(folder, "data");

    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    private static void AsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs() ?? throw new InvalidOperationException(FindMissing()), program);
        if (Environment.UserName == "root")
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what it is started with: a pipe it held would never end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
