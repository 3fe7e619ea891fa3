using System.Net;
using System.Net.Sockets;

namespace Scrip.Tests.Support;

/// <summary>
/// Sits between Scrip and its database, and delivers what the database sends in small pieces with pauses. It can also delay the news that
/// the database has closed a connection.
/// </summary>
public sealed class TricklingProxy : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int port;
    private readonly int pieceBytes;
    private readonly TimeSpan lateness;
    private readonly Task accepting;

    private TricklingProxy(int port, int pieceBytes, TimeSpan lateness)
    {
        this.port = port;
        this.pieceBytes = pieceBytes;
        this.lateness = lateness;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="port">The port of the database on this machine.</param>
    /// <param name="lateness">How long after the database it closes a connection.</param>
    public static TricklingProxy Start(int port, int pieceBytes, TimeSpan lateness = default) => new(port, pieceBytes, lateness);

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
                _ = RelayAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task RelayAsync(TcpClient scrip)
    {
        using var database = new TcpClient();
        using (scrip)
        {
            try
            {
                scrip.NoDelay = true;
                await database.ConnectAsync(IPAddress.Loopback, port, stopping.Token);
                // When either side ends, the other one is closed too.
                await await Task.WhenAny(
                    scrip.GetStream().CopyToAsync(database.GetStream(), stopping.Token),
                    TrickleAsync(database.GetStream(), scrip.GetStream()));
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
            {
                // One side has closed its end.
            }
        }
    }

    private async Task TrickleAsync(NetworkStream from, NetworkStream to)
    {
        var piece = new byte[pieceBytes];
        while (await from.ReadAsync(piece, stopping.Token) is > 0 and var received)
        {
            await to.WriteAsync(piece.AsMemory(0, received), stopping.Token);
            await Task.Delay(Pause, stopping.Token);
        }
        await Task.Delay(lateness, stopping.Token);
    }
}
