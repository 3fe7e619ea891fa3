using System.Net.Sockets;
using Scrip.Server;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip;

internal static class ServerStart
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <param name="settings">Such as <c>--urls=http://127.0.0.1:0</c>; they go before every other source.</param>
    /// <exception cref="SettingsException">A setting cannot be used, an address to listen on included.</exception>
    /// <exception cref="StorageSetupException">The storage cannot be used.</exception>
    public static Task<WebApplication> StartAsync(string[] settings, CancellationToken cancellationToken) =>
        StartAsync(settings, isAlone: false, cancellationToken);

    /// <summary>Starts a server in a process in which nothing else uses sockets. It waits for a database that is away.</summary>
    public static Task<WebApplication> StartAloneAsync(string[] settings, CancellationToken cancellationToken) =>
        StartAsync(settings, isAlone: true, cancellationToken);

    private static async Task<WebApplication> StartAsync(string[] settings, bool isAlone, CancellationToken cancellationToken)
    {
        if (isAlone)
            CompleteInline();
        var app = await ScripServer.BuildAsync(new WebApplicationOptions { Args = settings }, cancellationToken);
        // Before it begins to work in the background, and to tell of it.
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
    /// What a socket has received goes from the thread that waits for all of them straight to the driver, or to Kestrel, which hands it to
    /// the thread pool; otherwise it goes through the pool once more. Whatever else awaits a socket goes on running on that thread and
    /// could hold all others up. Read by the runtime when the first socket is made.
    /// </summary>
    private static void CompleteInline()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    /// <summary>
    /// Kestrel has no exception of its own for these: the text of an address, its scheme, its port, its certificate; taken, foreign or not
    /// allowed.
    /// </summary>
    private static bool IsAboutAnAddress(Exception refused) =>
        refused is FormatException or InvalidOperationException or ArgumentOutOfRangeException or IOException or SocketException;
}
