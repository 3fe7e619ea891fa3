using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Scrip.Bench.Http;

namespace Scrip.Bench.Server;

/// <summary>One server process on a store of its own. Disposing of it ends the process as a service manager does.</summary>
internal sealed class ScripServer : IAsyncDisposable
{
    private const int TerminationSignal = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ServerLog log;
    private readonly int port;

    private ScripServer(Process process, ServerLog log, int port, string token)
    {
        this.process = process;
        this.log = log;
        this.port = port;
        Requests = new RequestFactory(token);
        Memory = new ProcessMemory(process.Id);
    }

    public RequestFactory Requests { get; }

    public ProcessMemory Memory { get; }

    public static ScripServer Launch(string executable, DataFolder folder)
    {
        var port = FindFreePort();
        var token = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        string[] arguments = ["serve", "--urls", $"http://127.0.0.1:{port}", "--storage", $"Data Source={folder.File("scrip.db")}"];
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Beside its data, as under a service manager, wherever the benchmark is called from.
            WorkingDirectory = folder.Path,
        };
        start.Environment["SCRIP_ADMIN_TOKEN"] = token;
        // The server is measured as it is released, whatever a developer's shell or this program itself is set to.
        foreach (var name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", HttpConnection.InlineCompletions])
            start.Environment.Remove(name);
        try
        {
            var process = Process.Start(start)!;
            return new(process, ServerLog.Collect(process, folder), port, token);
        }
        catch (Win32Exception failure)
        {
            throw new BenchException($"{executable} cannot be started: {failure.Message}", failure);
        }
    }

    public Task<HttpConnection> ConnectAsync(CancellationToken cancellationToken) => HttpConnection.OpenAsync(port, cancellationToken);

    /// <summary>Waits until the process answers at all.</summary>
    public Task WaitUntilLiveAsync(CancellationToken cancellationToken) => WaitForAsync("/health/live", cancellationToken);

    /// <summary>Waits until the process can store something.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => WaitForAsync("/health/ready", cancellationToken);

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
            Console.Error.WriteLine($"The server did not end within {StopLimit.TotalSeconds} s of SIGTERM and was killed.");
            process.Kill();
        }
        await log.EndAsync();
        process.Dispose();
    }

    private async Task WaitForAsync(string path, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartLimit)
        {
            if (process.HasExited)
                throw new BenchException($"The server ended with {process.ExitCode} before it was ready.\n{await log.EndAsync()}");
            if (await AnswersAsync(path, cancellationToken))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
        }
        throw new BenchException($"{path} did not answer 200 within {StartLimit.TotalSeconds} s.");
    }

    private async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await ConnectAsync(cancellationToken);
            return await connection.SendAsync(Requests.Get(path), cancellationToken) == HttpStatusCode.OK;
        }
        catch (SocketException)
        {
            // Nobody listens yet.
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
