using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        // One byte more than any call takes, so that calls refuse with their own limits in the answer.
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ScripOptions>>().Value;
        kestrel.Limits.MaxRequestBodySize = options.MaxBulkBytes + 1L;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(MinResponseBytesPerSecond, GracePeriod);
    }
}
