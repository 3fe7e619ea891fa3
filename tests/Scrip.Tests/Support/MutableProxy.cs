using System.Net;
using System.Net.Sockets;

namespace Scrip.Tests.Support;

/// <summary>
/// Stands before a database whose machine vanishes without a word: whatever is sent then is taken and never answered, on the connections
/// that there are and on new ones. When it is back, only new ones work.
/// </summary>
public sealed class MutableProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int port;
    private readonly Task accepting;
    private volatile Silence silence = new();

    private MutableProxy(int port)
    {
        this.port = port;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="port">Of the database, on this machine.</param>
    public static MutableProxy Start(int port) => new(port);

    public void Mute() => silence.IsMute = true;

    public void Unmute() => silence = new Silence();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptTcpClientAsync(stopping.Token), silence);
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task RelayAsync(TcpClient scrip, Silence ofNow)
    {
        using var database = new TcpClient { NoDelay = true };
        using (scrip)
        {
            try
            {
                scrip.NoDelay = true;
                await database.ConnectAsync(IPAddress.Loopback, port, stopping.Token);
                // Whichever side ends first takes the other with it.
                await await Task.WhenAny(
                    CopyAsync(scrip.GetStream(), database.GetStream(), ofNow), CopyAsync(database.GetStream(), scrip.GetStream(), ofNow));
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
            {
                // One of them has closed its end.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Silence ofNow)
    {
        var piece = new byte[16 * 1024];
        while (await from.ReadAsync(piece, stopping.Token) is > 0 and var received)
        {
            if (!ofNow.IsMute)
                await to.WriteAsync(piece.AsMemory(0, received), stopping.Token);
        }
    }

    /// <summary>Of the connections that were made until it ended.</summary>
    private sealed class Silence
    {
        public volatile bool IsMute;
    }
}
