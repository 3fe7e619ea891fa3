using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Scrip.Server;

internal static class KestrelLimits
{
    /// <summary>
    /// A client that reads a list slower than this for long is cut off: it holds a reader, and the log cannot be trimmed past it.
    /// </summary>
    private const double MinResponseBytesPerSecond = 4096;

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Each call reads no more than its own limit and names it in its refusal. Kestrel's counts the framing of chunks and names nothing.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(MinResponseBytesPerSecond, GracePeriod);
    }
}
