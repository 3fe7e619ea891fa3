using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scrip.Server.Hosting;

/// <summary>
/// Listens as Kestrel's own sockets do, with two differences. If the process has no file left for a connection, it pauses and tries again;
/// Kestrel's listener tries again at once, for ever, and occupies the thread that all connections need. And the file that a killed server
/// left at the path of a Unix socket does not keep this one from listening.
/// </summary>
internal sealed class ListenerFactory(IOptions<SocketTransportOptions> options, ConnectionLimit limit, ILoggerFactory loggers)
    : IConnectionListenerFactory
{
    /// <summary>Kestrel's own category.</summary>
    private const string LogCategory = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets";

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is UnixDomainSocketEndPoint)
            StaleSocket.Remove(endpoint.ToString()!, endpoint);
        Socket socket;
        try
        {
            socket = options.Value.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(taken.Message, taken);
        }
        socket.Listen(options.Value.Backlog);
        var connections = new SocketConnectionContextFactory(ConnectionsOf(options.Value), loggers.CreateLogger(LogCategory));
        return ValueTask.FromResult<IConnectionListener>(
            new Listener(socket, connections, limit, options.Value.NoDelay, loggers.CreateLogger<ListenerFactory>()));
    }

    /// <summary>
    /// The constructor that Kestrel's own listener calls. Options that are created without it cannot access Kestrel's pool of pinned
    /// buffers: each buffer would be allocated, and pinned for each system call.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SocketConnectionFactoryOptions ConnectionsOf(SocketTransportOptions sockets);
}
