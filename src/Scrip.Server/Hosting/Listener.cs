using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;

namespace Scrip.Server.Hosting;

/// <summary>Accepts connections at one address; see <see cref="ListenerFactory"/>.</summary>
internal sealed class Listener(
    Socket socket, SocketConnectionContextFactory connections, ConnectionLimit limit, bool noDelay, ILogger<ListenerFactory> logger)
    : IConnectionListener
{
    /// <summary>The pause before accepting again after a connection found no file.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        var isReported = false;
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                if (!limit.TryEnter(accepted))
                {
                    // Closed here and not by Kestrel, which would accept many more before it has closed this one.
                    accepted.Dispose();
                    continue;
                }
                if (accepted.LocalEndPoint is IPEndPoint)
                    accepted.NoDelay = noDelay;
                return connections.Create(accepted);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException ended) when (ended.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException refused)
            {
                if (!IsAboutResources(refused.SocketErrorCode))
                    // The client disconnected before it was accepted.
                    continue;
                if (!isReported)
                    LogMessages.NothingAccepted(logger, refused.SocketErrorCode);
                isReported = true;
            }
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsAboutResources(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.SocketError;
}
