using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scrip.Server.Problems;

namespace Scrip.Server;

internal static class KestrelLimits
{
    /// <summary>
    /// A client that is slower than this for long is cut off. One that reads a list holds a reader, and the log cannot be trimmed past it;
    /// one that sends the body of a bulk call holds a place and a buffer.
    /// </summary>
    public const int MinBytesPerSecond = 4096;

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(RefusedConnection.Watch));
        // Each call reads no more than its own limit and names it in its refusal. Kestrel's counts the framing of chunks and names nothing.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(MinBytesPerSecond, GracePeriod);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(MinBytesPerSecond, GracePeriod);
    }
}
