using System.Net.Sockets;
using Scrip.Server;
using Scrip.Storage;

namespace Scrip;

internal static class ServerStart
{
    /// <param name="settings">Such as <c>--urls=http://127.0.0.1:0</c>; they go before every other source.</param>
    /// <exception cref="SettingsException">A setting cannot be used, an address to listen on included.</exception>
    /// <exception cref="StorageSetupException">The storage cannot be used.</exception>
    public static async Task<WebApplication> StartAsync(string[] settings, CancellationToken cancellationToken)
    {
        var app = await ScripServer.BuildAsync(new WebApplicationOptions { Args = settings }, cancellationToken);
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
    /// Kestrel has no exception of its own for these: the text of an address, its scheme, its port, its certificate; taken, foreign or not
    /// allowed.
    /// </summary>
    private static bool IsAboutAnAddress(Exception refused) =>
        refused is FormatException or InvalidOperationException or ArgumentOutOfRangeException or IOException or SocketException;
}
