using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scrip.Bench.Databases.Postgres;

/// <summary>
/// A PostgreSQL server for this run, from Debian's packages, in its own folder, with its default, durable settings. It refuses to run as
/// root: then it runs as the user postgres.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    // Not next to the build output, which the user postgres may be unable to reach. Unlike /tmp it is never memory.
    private const string Parent = "/var/tmp";

    private readonly string programs;
    private readonly string folder = Path.Combine(Parent, $"scrip-bench-{Environment.ProcessId}");
    private readonly int port = FindFreePort();

    private PostgresServer(string programs) => this.programs = programs;

    /// <summary>For commands that are not about one database.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    private string Data => Path.Combine(folder, "data");

    /// <summary>Null if no server is installed on this machine.</summary>
    public static string? FindPrograms() => !Directory.Exists(Packages)
        ? null
        : Directory.GetDirectories(Packages)
            .OrderByDescending(version => double.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    public static async Task<PostgresServer> StartAsync(string programs, CancellationToken cancellationToken)
    {
        var server = new PostgresServer(programs);
        Directory.CreateDirectory(server.folder);
        try
        {
            if (Environment.IsPrivilegedProcess)
                await SystemCommand.RunAsync("chown", ["postgres", server.folder], cancellationToken);
            string[] cluster = ["-D", server.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"];
            await server.RunAsync("initdb", cluster, cancellationToken);
            // Each server under test keeps a pool of connections. PostgreSQL's default 128 MB of buffers cannot hold a million
            // certificates: its manual recommends a quarter of the machine's memory (section 20.4.1).
            var options = string.Create(
                CultureInfo.InvariantCulture,
                $"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={server.folder} -c max_connections=300 " +
                $"-c shared_buffers=1GB");
            string[] start = ["-D", server.Data, "-o", options, "-l", Path.Combine(server.folder, "log"), "-w", "start"];
            await server.RunAsync("pg_ctl", start, cancellationToken);
            return server;
        }
        catch
        {
            Directory.Delete(server.folder, recursive: true);
            throw;
        }
    }

    public string ConnectionStringOf(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database}");

    public string ProgramPath(string program) => Path.Combine(programs, program);

    /// <summary>Runs one statement that returns nothing.</summary>
    public static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // Every caller passes text of this program.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        string[] asPostgres = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
        // The database server inherits its parent's handles: a pipe that it held would never end.
        string[] quiet = ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null"];
        await SystemCommand.RunAsync("/bin/sh", [.. quiet, .. asPostgres, ProgramPath(program), .. arguments], cancellationToken);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
