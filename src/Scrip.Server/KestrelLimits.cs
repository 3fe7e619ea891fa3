using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server;

internal static class KestrelLimits
{
    /// <summary>
    /// The limit for data that was sent and not yet received. By default Linux lets it grow to megabytes and reports room only when a third
    /// has been received, so that a slow but active reader would look like one that has stopped.
    /// </summary>
    private const int SendBufferBytes = 256 * 1024;

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions kestrel, ConnectionLimit connections)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = ContentLengthText.ForHeader;
        kestrel.ConfigureEndpointDefaults(endpoint =>
            endpoint.Use(connections.Count).Use(RefusedConnection.Watch).Use(PresentedToken.Keep));
        // Each call reads no more than its own limit and names it in its refusal. Kestrel's limit counts the framing of chunks and names
        // nothing.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowClients.MinBytesPerSecond, GracePeriod);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(SlowClients.MinBytesPerSecond, GracePeriod);
    }

    public static void Apply(SocketTransportOptions sockets) => sockets.CreateBoundListenSocket = endpoint =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        // Each accepted connection inherits it.
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    };
}
