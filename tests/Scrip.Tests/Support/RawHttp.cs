using System.Net.Sockets;
using System.Text;

namespace Scrip.Tests.Support;

/// <summary>Bytes on a socket, for requests that no well-behaved client sends.</summary>
public static class RawHttp
{
    /// <summary>Sends the bytes and reads until the server closes the connection or has been silent for a while.</summary>
    public static async Task<string> ExchangeAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            using var silence = new CancellationTokenSource();
            do
            {
                silence.CancelAfter(TimeSpan.FromSeconds(2));
                read = await stream.ReadAsync(buffer, silence.Token);
                received.Write(buffer, 0, read);
            }
            while (read > 0);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // Silence, or a connection that was reset: the response is what has arrived.
        }
        return Encoding.UTF8.GetString(received.ToArray());
    }

    /// <summary>Parses a response whose body is not chunked.</summary>
    public static Answer Parse(string received)
    {
        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"This is no answer: {received}");
        var head = received[..end].Split("\r\n");
        var headers = head[1..].Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return new Answer(int.Parse(head[0].Split(' ')[1]), headers, received[(end + 4)..]);
    }
}
