using Microsoft.Extensions.Logging;

namespace Scrip.Server;

internal static class ScripLogging
{
    /// <summary>
    /// Quiet unless something is wrong; the start-up lines say the rest. Settings under <c>Logging</c> still have the last word.
    /// </summary>
    public static void AddScripDefaults(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails throws too, and whoever started the server says it in a line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
