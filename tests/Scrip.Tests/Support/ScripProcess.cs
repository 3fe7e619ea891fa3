using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Scrip.Tests.Support;

/// <summary>The shipped executable in a separate process, which can be killed, stopped and restarted on the same data.</summary>
public sealed class ScripProcess : IAsyncDisposable
{
    public const string AdminToken = ScripApplication.AdminToken;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();

    private ScripProcess(Process process) => this.process = process;

    /// <summary>
    /// The executable: the published one that <c>SCRIP_TEST_EXECUTABLE</c> names, native in <c>test.sh</c>, or the one built with the
    /// tests.
    /// </summary>
    public static string Executable => Environment.GetEnvironmentVariable("SCRIP_TEST_EXECUTABLE")
        ?? Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "scrip.exe" : "scrip");

    /// <summary>Whether the executable is native. An ordinary build has its assemblies next to it, which it opens as files.</summary>
    public static bool IsNative => !File.Exists(Path.ChangeExtension(Executable, ".dll"));

    public HttpClient Client { get; private set; } = new();
    public int Id => process.Id;
    public bool HasEnded => process.HasExited;
    public IReadOnlyCollection<string> Output => output;
    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>Serves the storage on a free port and waits until the start-up lines are complete.</summary>
    public static Task<ScripProcess> ServeAsync(string storage, params (string Name, string Value)[] environment) =>
        ServeAsync(storage, new Launch(), environment);

    /// <summary>Serves the storage, launched as a service manager may launch it.</summary>
    public static async Task<ScripProcess> ServeAsync(string storage, Launch launch, params (string Name, string Value)[] environment)
    {
        var scrip = Start(
            ["serve", "--urls", launch.Urls, "--storage", storage], [("SCRIP_ADMIN_TOKEN", AdminToken), .. environment], launch);
        const string announcement = "scrip: listening on ", lastLine = "scrip: callers ";
        using var limit = new CancellationTokenSource(StartLimit);
        while (!scrip.output.Any(written => written.StartsWith(lastLine, StringComparison.Ordinal)))
        {
            if (scrip.process.HasExited)
                throw new InvalidOperationException($"scrip ended with {scrip.process.ExitCode}: {string.Join('\n', scrip.errors)}");
            await Task.Delay(10, limit.Token);
        }
        var address = scrip.output.First(written => written.StartsWith(announcement, StringComparison.Ordinal));
        scrip.Client.BaseAddress = new Uri(address[announcement.Length..].Split(',')[0]);
        scrip.Client.DefaultRequestHeaders.Add("API-Token", AdminToken);
        return scrip;
    }

    /// <summary>Requires that <c>scrip verify</c> finds no difference.</summary>
    public static async Task ProveAsync(string storage)
    {
        var (status, proof, errors) = await RunAsync(["verify", "--storage", storage]);
        Assert.True(status == 0, proof + errors);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Status, string Output, string Errors)> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        RunAsync(arguments, new Launch(), environment);

    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string[] arguments, Launch launch, params (string Name, string Value)[] environment)
    {
        await using var scrip = Start(arguments, environment, launch);
        await scrip.process.WaitForExitAsync(new CancellationTokenSource(StartLimit).Token);
        return (scrip.process.ExitCode, string.Join('\n', scrip.output), string.Join('\n', scrip.errors));
    }

    /// <summary>Starts a command and does not wait for its end.</summary>
    public static ScripProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        Start(arguments, environment, new Launch());

    /// <summary>Waits for the end of the process and returns its exit status.</summary>
    public async Task<int> EndAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Sends SIGKILL: the process has no chance to clean up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as service managers do, and returns the exit status.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync(new CancellationTokenSource(StartLimit).Token);
        return process.ExitCode;
    }

    /// <summary>Sends SIGSTOP: the process keeps everything and does nothing until it is killed.</summary>
    public Task SuspendAsync() => SignalAsync("STOP");

    private Task SignalAsync(string signal) => SystemCommand.RunAsync("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private static ScripProcess Start(string[] arguments, (string Name, string Value)[] environment, Launch launch)
    {
        var start = launch.Shell is { } shell
            ? new ProcessStartInfo("/bin/sh", ["-c", $"{shell} \"$0\" \"$@\"", Executable, .. arguments])
            : new ProcessStartInfo(Executable, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SCRIP_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var scrip = new ScripProcess(process);
        process.OutputDataReceived += (_, line) => Keep(scrip.output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(scrip.errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return scrip;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}

/// <param name="Shell">What a shell does first, down to the command that runs the executable: <c>ulimit -n 600; exec</c>.</param>
public sealed record Launch(string? Shell = null, string Urls = "http://127.0.0.1:0");
