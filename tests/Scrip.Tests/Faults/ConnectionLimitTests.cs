using System.Globalization;
using System.Net.Sockets;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>More callers connect than the process may open files.</summary>
public sealed class SqliteConnectionLimitTests : ConnectionLimitTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override string Storage => folder.Storage;

    public void Dispose() => folder.Dispose();
}

[Trait("Database", "Postgres")]
public sealed class PostgresConnectionLimitTests : ConnectionLimitTests
{
    protected override string Storage { get; } = TestStorage.NewPostgresDatabase();
}

public abstract class ConnectionLimitTests
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    private int paid;

    protected abstract string Storage { get; }

    [Fact]
    public async Task With_900_connections_at_600_files_established_callers_go_on_and_new_ones_are_refused()
    {
        const int idle = 900;
        await using var server = await ScripProcess.ServeAsync(Storage, new Launch(Shell: "ulimit -n 600; exec"));
        var callers = await ConnectAsync(server, callers: 8);
        var idlers = new List<TcpClient>();
        for (var at = 0; at < idle; at++)
            idlers.Add(await DialAsync(server));

        for (var round = 0; round < 25; round++)
            await Task.WhenAll(callers.Select(PayAsync));

        await UntilAsync(() => Task.FromResult(idlers.Count(IsClosed) > idle / 2));
        Assert.InRange(idlers.Count(IsClosed), idle / 2, idle - 50);
        using (var late = NewCaller(server))
            await Assert.ThrowsAsync<HttpRequestException>(() => late.GetAsync("/health/live"));
        Assert.Single(server.Output.Concat(server.Errors), line => line.Contains("which is MaxConnections", StringComparison.Ordinal));
        idlers.ForEach(idler => idler.Dispose());
        await UntilAsync(() => IsServedAsync(server));
        await Task.WhenAll(callers.Select(PayAsync));
        callers.ForEach(caller => caller.Dispose());
        Assert.Equal(0, await server.TerminateAsync());
    }

    /// <summary>Kestrel's own limit would accept as many at each address.</summary>
    [Fact]
    public async Task All_addresses_share_one_limit()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Path.GetTempPath(), $"scrip-{Environment.ProcessId}-{Random.Shared.Next()}.sock");
        await using var server = await ScripProcess.ServeAsync(
            Storage, new Launch(Urls: $"http://127.0.0.1:0;http://unix:{path}"), ("SCRIP_MAX_CONNECTIONS", "20"));
        var local = new List<Socket>();
        for (var at = 0; at < 15; at++)
        {
            local.Add(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
            await local[^1].ConnectAsync(new UnixDomainSocketEndPoint(path));
        }
        var others = new List<TcpClient>();
        for (var at = 0; at < 15; at++)
            others.Add(await DialAsync(server));

        await UntilAsync(() => Task.FromResult(local.Count(IsClosed) + others.Count(IsClosed) == 10));
        local.ForEach(socket => socket.Dispose());
        others.ForEach(socket => socket.Dispose());
    }

    /// <summary>Stands for other uses of files: the test lowers the limit.</summary>
    [ProgramFact("prlimit")]
    public async Task Connections_never_take_the_last_files()
    {
        await using var server = await ScripProcess.ServeAsync(Storage);
        var callers = await ConnectAsync(server, callers: 4);
        var open = Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length;
        await LimitFilesAsync(server, open + 20);

        await UntilAsync(async () => !await IsServedAsync(server));
        for (var round = 0; round < 25; round++)
        {
            (await DialAsync(server)).Dispose();
            await Task.WhenAll(callers.Select(PayAsync));
        }

        Assert.Contains(server.Output.Concat(server.Errors), line => line.Contains("Nearly all of the", StringComparison.Ordinal));
        await LimitFilesAsync(server, open + 400);
        await UntilAsync(() => IsServedAsync(server));
        callers.ForEach(caller => caller.Dispose());
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public Task More_connections_than_files_are_refused_in_one_line() =>
        RequireRefusalAsync("ulimit -n 600; exec", "5000", "MaxConnections is 5000, and this process may have 600 files open");

    /// <summary>With 100 an ordinary build cannot even load its assemblies.</summary>
    [Fact]
    public Task Too_few_files_are_refused_in_one_line()
    {
        var files = ScripProcess.IsNative ? 100 : 200;
        return RequireRefusalAsync($"ulimit -n {files}; exec", "", $"This process may open only {files} files");
    }

    private async Task RequireRefusalAsync(string shell, string setting, string refusal)
    {
        var (status, output, errors) = await ScripProcess.RunAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--storage", Storage], new Launch(shell), ("SCRIP_MAX_CONNECTIONS", setting));

        Assert.Equal((1, ""), (status, output));
        Assert.Contains(refusal, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    /// <summary>Connects callers that keep their only connection.</summary>
    private async Task<List<HttpClient>> ConnectAsync(ScripProcess server, int callers)
    {
        await server.Client.CreateAsync("""[{"code":"A","value":100000}]""");
        var connected = Enumerable.Range(0, callers).Select(_ => NewCaller(server)).ToList();
        await Task.WhenAll(connected.Select(PayAsync));
        return connected;
    }

    private async Task PayAsync(HttpClient caller)
    {
        var order = Interlocked.Increment(ref paid).ToString(CultureInfo.InvariantCulture);
        var answer = await caller.RedeemAsync($$"""{"code":"A","amount":"0.01","reference":"R{{order}}"}""", key: $"pay-{order}");
        Assert.Equal(201, answer.Status);
    }

    private static HttpClient NewCaller(ScripProcess server)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan, UseProxy = false };
        var caller = new HttpClient(handler) { BaseAddress = AddressOf(server), Timeout = LongestAnswer };
        caller.DefaultRequestHeaders.Add("API-Token", ScripProcess.AdminToken);
        return caller;
    }

    private static async Task<bool> IsServedAsync(ScripProcess server)
    {
        try
        {
            using var caller = NewCaller(server);
            return (await caller.FetchAsync("/health/live")).Status == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<TcpClient> DialAsync(ScripProcess server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(AddressOf(server).Host, AddressOf(server).Port);
        return client;
    }

    /// <summary>The first address, which is a TCP address.</summary>
    private static Uri AddressOf(ScripProcess server) => server.Client.BaseAddress!;

    private static bool IsClosed(TcpClient client) => IsClosed(client.Client);

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private static Task LimitFilesAsync(ScripProcess server, int files) =>
        SystemCommand.RunAsync("prlimit", $"--pid={server.Id}", $"--nofile={files}:");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(LongestAnswer);
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }
}
