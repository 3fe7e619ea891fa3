using System.Net.Sockets;
using System.Text;

namespace Scrip.Tests.Support;

/// <summary>A large POST that has begun, and whose body does not come, or only drips in.</summary>
public sealed class SlowBody : IDisposable
{
    private readonly TcpClient connection = new();

    private SlowBody()
    {
    }

    /// <summary>Returns when the server has begun to read, and so has taken the call's place.</summary>
    public static async Task<SlowBody> BeginAsync(ScripApplication scrip, string path, string token = ScripApplication.AdminToken)
    {
        var slow = new SlowBody();
        await slow.connection.ConnectAsync(scrip.Address.Host, scrip.Address.Port);
        await slow.connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nAPI-Token: {token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"));
        var begin = new byte[64];
        var length = await slow.connection.GetStream().ReadAsync(begin);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(begin, 0, length), StringComparison.Ordinal);
        return slow;
    }

    /// <summary>Sends about a kilobyte a second, which would take nine hours for 32 MiB, until the server cuts it off.</summary>
    public async Task<Answer> DripAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var drip = DripAsync(limit.Token);
        var buffer = new byte[4096];
        var answer = Encoding.UTF8.GetString(buffer, 0, await connection.GetStream().ReadAsync(buffer, limit.Token));
        await limit.CancelAsync();
        await drip;
        return RawHttp.Parse(answer);
    }

    public void Dispose() => connection.Dispose();

    private async Task DripAsync(CancellationToken cancellationToken)
    {
        // Only once: a client whose connection was reset returns no stream.
        var stream = connection.GetStream();
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
            // The response has arrived, or the connection was closed after it.
        }
    }
}
