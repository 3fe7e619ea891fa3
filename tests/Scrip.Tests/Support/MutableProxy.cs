using System.Net;
using System.Net.Sockets;

namespace Scrip.Tests.Support;

/// <summary>
/// Represents a database whose machine vanishes silently: while it is muted, whatever is sent is accepted and never answered, on existing
/// and on new connections. Afterwards only new connections work.
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

    /// <param name="port">The port of the database on this machine.</param>
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
                // When either side ends, the other one is closed too.
                await await Task.WhenAny(
                    CopyAsync(scrip.GetStream(), database.GetStream(), ofNow), CopyAsync(database.GetStream(), scrip.GetStream(), ofNow));
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
            {
                // One side has closed its end.
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

    /// <summary>The mute state of the connections made until it ends.</summary>
    private sealed class Silence
    {
        public volatile bool IsMute;
    }
}
