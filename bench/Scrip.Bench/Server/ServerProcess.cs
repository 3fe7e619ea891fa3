using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Scrip.Bench.Databases;
using Scrip.Bench.Http;

namespace Scrip.Bench.Server;

/// <summary>One process of a program under test. Disposing it ends the process as a service manager does.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int TerminationSignal = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly ServerProgram program;
    private readonly Process process;
    private readonly ServerLog log;

    private ServerProcess(ServerProgram program, Process process, ServerLog log, int port, string token)
    {
        this.program = program;
        this.process = process;
        this.log = log;
        Port = port;
        Requests = new RequestFactory(token);
        Memory = new ProcessMemory(process.Id);
    }

    public int Port { get; }

    public RequestFactory Requests { get; }

    public ProcessMemory Memory { get; }

    /// <param name="storage">The connection string of its database; null for a program without one.</param>
    /// <param name="folder">The folder where it runs and where its output is kept.</param>
    public static ServerProcess Launch(ServerProgram program, DataFolder folder, string? storage)
    {
        var port = FindFreePort();
        var token = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        string[] arguments = [.. program.Verbs, "--urls", $"http://127.0.0.1:{port}", .. storage is null ? [] : (string[])["--storage", storage]];
        var start = new ProcessStartInfo(program.Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Next to its data, as under a service manager, wherever the benchmark is started.
            WorkingDirectory = folder.Path,
        };
        start.Environment["SCRIP_ADMIN_TOKEN"] = token;
        start.Environment["API_TOKEN"] = token;
        // A program is measured as it is released, whatever the environment of a developer's shell or of this program.
        foreach (var name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", HttpConnection.InlineCompletions])
            start.Environment.Remove(name);
        try
        {
            var process = Process.Start(start)!;
            return new(program, process, ServerLog.Collect(process, folder), port, token);
        }
        catch (Win32Exception failure)
        {
            throw new BenchException($"{program.Executable} cannot be started: {failure.Message}", failure);
        }
    }

    public Task<HttpConnection> ConnectAsync(CancellationToken cancellationToken) => HttpConnection.OpenAsync(Port, cancellationToken);

    /// <summary>Waits for its first response.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartLimit)
        {
            if (process.HasExited)
            {
                var printed = await log.EndAsync();
                throw new BenchException($"{program.Name} ended with {process.ExitCode} before it was up.\n{printed}");
            }
            if (await AnswersAsync(cancellationToken))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
        }
        throw new BenchException($"{program.Name} did not answer {program.FirstPath} within {StartLimit.TotalSeconds} s.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            _ = SendSignal(process.Id, TerminationSignal);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine($"{program.Name} did not end within {StopLimit.TotalSeconds} s of SIGTERM and was killed.");
            process.Kill();
        }
        await log.EndAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await ConnectAsync(cancellationToken);
            return await connection.SendAsync(Requests.Get(program.FirstPath), cancellationToken) < HttpStatusCode.InternalServerError;
        }
        catch (SocketException)
        {
            // Nothing is listening yet.
            return false;
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // .NET can only kill, and a killed server has not shown that it ends cleanly.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
