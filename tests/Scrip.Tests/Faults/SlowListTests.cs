using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Clients that read a list slowly, but too fast to count as stalled. A list keeps an old state of the database, so it has a time limit,
/// and on SQLite it is cut when the write-ahead log, which cannot be trimmed in the meantime, becomes too large.
/// </summary>
public sealed class SlowListTests : IDisposable
{
    private const int Count = 40_000;

    /// <summary>Long, so that the list is larger than all buffers between server and client.</summary>
    private static readonly string Filling = new('x', 240);

    private readonly TestStorage storage = new();

    public void Dispose() => storage.Dispose();

    [Fact]
    public async Task A_list_that_takes_longer_than_it_may_is_cut()
    {
        await using var scrip = await ServeAsync(("SCRIP_MAX_LIST_SECONDS", "3"));
        using var reader = await SlowReader.BeginAsync(scrip);

        await reader.ReadToEndAsync(TimeSpan.FromMinutes(3));

        Assert.True(reader.IsBroken);
        await ExpectWarningAsync(scrip);
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates + "1/")).Status);
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task The_oldest_list_is_cut_when_it_keeps_too_much_of_the_log()
    {
        await using var scrip = await ServeAsync(("SCRIP_MAX_LOG_BYTES", "67108864"));
        using var reader = await SlowReader.BeginAsync(scrip);
        var reading = reader.ReadToEndAsync(TimeSpan.FromMinutes(4));

        for (var round = 1; round <= 30; round++)
        {
            var items = Enumerable.Range(1, Count).Select(id => $$"""{"id":{{id}},"code":"{{Code(id)}}","value":{{round}}}""");
            Assert.Equal(200, (await scrip.Client.UpdateAsync($"[{string.Join(',', items)}]")).Status);
        }

        await reading;
        Assert.True(reader.IsBroken);
        await ExpectWarningAsync(scrip);
        // More than twice that was written.
        Assert.InRange(new FileInfo(Path.Combine(storage.Folder, "scrip.db-wal")).Length, 1, 200 << 20);
    }

    private async Task<ScripProcess> ServeAsync(params (string Name, string Value)[] environment)
    {
        var scrip = await ScripProcess.ServeAsync(storage.Setting, environment);
        var items = Enumerable.Range(1, Count).Select(at => $$"""{"code":"{{Code(at)}}"}""");
        Assert.Equal(201, (await scrip.Client.CreateAsync($"[{string.Join(',', items)}]")).Status);
        return scrip;
    }

    private static string Code(int at) => $"{at:00000}-{Filling}";

    private static async Task ExpectWarningAsync(ScripProcess scrip)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!scrip.Output.Concat(scrip.Errors).Any(line => line.Contains("A list was cut", StringComparison.Ordinal)))
            await Task.Delay(50, limit.Token);
    }

    private sealed class SlowReader(TcpClient client) : IDisposable
    {
        /// <summary>Whether the connection ended before the list did.</summary>
        public bool IsBroken { get; private set; }

        public static async Task<SlowReader> BeginAsync(ScripProcess scrip)
        {
            var client = new TcpClient { ReceiveBufferSize = 16 * 1024 };
            var address = scrip.Client.BaseAddress!;
            await client.ConnectAsync(address.Host, address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"GET {Certificates} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripProcess.AdminToken}\r\n\r\n"));
            Assert.True(await client.GetStream().ReadAsync(new byte[1024]) > 0);
            return new SlowReader(client);
        }

        /// <summary>Reads about 10 KB a second, and the rest quickly when the time is over.</summary>
        public async Task ReadToEndAsync(TimeSpan atMost)
        {
            using var limit = new CancellationTokenSource(atMost);
            var buffer = new byte[1024];
            var last = Array.Empty<byte>();
            try
            {
                int read;
                while ((read = await client.GetStream().ReadAsync(buffer, limit.Token)) > 0)
                {
                    last = buffer[..read];
                    await Task.Delay(100, limit.Token);
                }
                IsBroken = !last.AsSpan().EndsWith("0\r\n\r\n"u8);
            }
            catch (IOException)
            {
                IsBroken = true;
            }
            catch (OperationCanceledException)
            {
                // The list was still being sent.
            }
        }

        public void Dispose() => client.Dispose();
    }
}
