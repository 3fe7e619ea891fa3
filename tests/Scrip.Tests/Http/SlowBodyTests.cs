using System.Net.Sockets;
using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A body that drips in holds a place of the bulk calls, and so does not do it for long.</summary>
public sealed class SlowBodyTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task A_body_that_drips_in_is_a_408_in_words_of_our_own()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(scrip.Application.Address.Host, scrip.Application.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(25));
        var drip = DripAsync(stream, limit.Token);

        var buffer = new byte[4096];
        var answer = Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, limit.Token));
        await limit.CancelAsync();
        await drip;

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"/problems/request-timeout\"", answer, StringComparison.Ordinal);
        Assert.Contains(
            "\"detail\":\"The body arrived at less than 4096 bytes a second; nothing was stored.\"", answer, StringComparison.Ordinal);
    }

    /// <summary>About a kilobyte a second: 32 MiB of it would take nine hours.</summary>
    private static async Task DripAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 100)), cancellationToken);
                await Task.Delay(100, cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The answer is there, or the connection has been closed behind it.
        }
    }
}
