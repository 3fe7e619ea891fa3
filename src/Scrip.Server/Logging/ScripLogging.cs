using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Scrip.Server.Logging;

internal static class ScripLogging
{
    /// <summary>
    /// Logs only when something is wrong; the start-up lines say the rest. Settings under <c>Logging</c> can add more, but never what
    /// <see cref="SecretFreeFormatter"/> withholds.
    /// </summary>
    public static void AddScripDefaults(this ILoggingBuilder logging)
    {
        // The framework adds further providers, which print everything that they receive.
        logging.ClearProviders();
        logging.AddConsole();
        logging.Services.AddSingleton<ConsoleFormatter, SecretFreeFormatter>();
        // After the settings, so that Logging:Console:FormatterName cannot choose another.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = SecretFreeFormatter.FormatterName);
        logging.SetMinimumLevel(LogLevel.Warning);
        // A failing start also throws, and its caller reports it in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
