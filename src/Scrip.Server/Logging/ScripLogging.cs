using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Scrip.Server.Logging;

internal static class ScripLogging
{
    /// <summary>
    /// Quiet unless something is wrong; the start-up lines say the rest. Settings under <c>Logging</c> may ask for more, never for what
    /// <see cref="SecretFreeFormatter"/> withholds.
    /// </summary>
    public static void AddScripDefaults(this ILoggingBuilder logging)
    {
        // The framework adds more providers, which print what they are given.
        logging.ClearProviders();
        logging.AddConsole();
        logging.Services.AddSingleton<ConsoleFormatter, SecretFreeFormatter>();
        // After the settings: no Logging:Console:FormatterName chooses another.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = SecretFreeFormatter.FormatterName);
        logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails throws too, and its caller says so in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
