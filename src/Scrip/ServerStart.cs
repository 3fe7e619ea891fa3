using System.Net.Sockets;
using Scrip.Server;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip;

internal static class ServerStart
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <param name="settings">Settings such as <c>--urls=http://127.0.0.1:0</c>, which take precedence over every other source.</param>
    /// <exception cref="SettingsException">A setting, possibly an address to listen on, is invalid.</exception>
    /// <exception cref="StorageSetupException">The storage is unusable.</exception>
    public static Task<WebApplication> StartAsync(string[] settings, CancellationToken cancellationToken) =>
        StartAsync(settings, isAlone: false, cancellationToken);

    /// <summary>Starts a server in a process in which nothing else uses sockets. It waits for a database that is unavailable.</summary>
    public static Task<WebApplication> StartAloneAsync(string[] settings, CancellationToken cancellationToken) =>
        StartAsync(settings, isAlone: true, cancellationToken);

    private static async Task<WebApplication> StartAsync(string[] settings, bool isAlone, CancellationToken cancellationToken)
    {
        if (isAlone)
            CompleteInline();
        var app = await ScripServer.BuildAsync(new WebApplicationOptions { Args = settings }, cancellationToken);
        // Before the background work begins and is logged.
        if (!isAlone && StartupReport.FindObstacle(app) is { } obstacle)
        {
            await app.DisposeAsync();
            throw new StorageSetupException(obstacle);
        }
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (Exception refused) when (IsAboutAnAddress(refused))
        {
            var addresses = app.Configuration["urls"] ?? "the addresses of Kestrel:Endpoints";
            await app.DisposeAsync();
            throw new SettingsException($"The server cannot listen on {addresses}: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Passes received data from the thread that waits for all sockets directly to the driver, or to Kestrel, which hands it to the thread
    /// pool. Otherwise it would go through the pool once more. Any other code that awaits a socket continues on that thread and could block
    /// all others. The runtime reads this when the first socket is created.
    /// </summary>
    private static void CompleteInline()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    /// <summary>
    /// Whether the exception is about an address: its text, scheme, port or certificate, or because it is taken, foreign or not allowed.
    /// Kestrel has no exception type of its own for these.
    /// </summary>
    private static bool IsAboutAnAddress(Exception refused) =>
        refused is FormatException or InvalidOperationException or ArgumentOutOfRangeException or IOException or SocketException;
}
