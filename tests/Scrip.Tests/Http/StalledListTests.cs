using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>
/// A list holds a place, and the database's log cannot be trimmed past it. A reader that has stopped reading does not hold them for long,
/// however much it read before.
/// </summary>
public sealed class StalledListTests
{
    private const int Count = 40_000;

    [Fact]
    public async Task A_list_that_nobody_takes_any_more_is_broken_off()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var items = Enumerable.Range(1, Count).Select(at => $$"""{"code":"{{at:00000}}-{{new string('x', 240)}}"}""");
        Assert.Equal(201, (await scrip.Client.CreateAsync($"[{string.Join(',', items)}]")).Status);
        var length = (await scrip.Client.FetchAsync(HttpCalls.Certificates)).Body.Length;

        using var reader = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        await reader.ConnectAsync(scrip.Address.Host, scrip.Address.Port);
        var stream = reader.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {HttpCalls.Certificates} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\n\r\n"));
        await stream.ReadExactlyAsync(new byte[length / 4]);
        await Task.Delay(TimeSpan.FromSeconds(40));

        Assert.True(length / 4 + await ReadOnAsync(stream) < length);
    }

    private static async Task<int> ReadOnAsync(NetworkStream stream)
    {
        var buffer = new byte[256 * 1024];
        var total = 0;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
                total += read;
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // Complete, and silent while the connection stays open, or broken.
        }
        return total;
    }
}
