using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;
using Xunit.Abstractions;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Clients that request the whole list, read nothing and keep their connections. Each list has a session of the database, which cannot
/// vacuum past what it reads.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresStalledListTests(ITestOutputHelper output)
{
    /// <summary>The most whole lists of one site with a pool of eight: the rest is for other sites and for smaller reads.</summary>
    private const int Stalled = 2;

    private const string OpenTransactions =
        "select pid from pg_stat_activity where datname = current_database() and application_name = 'scrip' and xact_start is not null";

    [Fact]
    public async Task Lists_that_nobody_reads_give_their_sessions_back_while_their_clients_stay()
    {
        var database = new TestPostgres();
        await using var scrip = await ScripProcess.ServeAsync(database.Storage + ";Maximum Pool Size=8");
        // Larger than all buffers between server and client.
        var items = Enumerable.Range(1, 40_000).Select(at => $$"""{"code":"{{at:00000}}-{{new string('x', 240)}}"}""");
        Assert.Equal(201, (await scrip.Client.CreateAsync($"[{string.Join(',', items)}]")).Status);

        var clients = await Task.WhenAll(Enumerable.Range(0, Stalled).Select(_ => AskForListAsync(scrip.Client.BaseAddress!)));
        await UntilAsync(() => database.Ask($"{OpenTransactions} and wait_event = 'ClientWrite'").Count == Stalled);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates + "1/")).Status);

        await UntilAsync(() => database.Ask(OpenTransactions).Count == 0);
        output.WriteLine($"No session was left in a transaction after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.");
        Assert.Contains("00001-", (await scrip.Client.FetchAsync(Certificates)).Body, StringComparison.Ordinal);
        foreach (var client in clients)
            client.Dispose();
    }

    private static async Task<TcpClient> AskForListAsync(Uri address)
    {
        var client = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {Certificates} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripProcess.AdminToken}\r\n\r\n"));
        return client;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!isSo())
            await Task.Delay(50, limit.Token);
    }
}
