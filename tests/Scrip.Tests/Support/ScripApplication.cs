using Microsoft.AspNetCore.Builder;
using Scrip.Server;

namespace Scrip.Tests.Support;

/// <summary>
/// The server in this process, as the program puts it together: real Kestrel on a port of its own, a real database file in a folder of its
/// own. Its <see cref="Client"/> is the operator's, with the admin token.
/// </summary>
public sealed class ScripApplication : IAsyncDisposable
{
    public const string AdminToken = "operator-of-the-test-suite-0123456789";

    private readonly WebApplication app;
    private readonly TemporaryFolder folder;

    private ScripApplication(WebApplication app, TemporaryFolder folder, Uri address, bool withToken)
    {
        this.app = app;
        this.folder = folder;
        Address = address;
        Client = withToken ? ClientWith(AdminToken) : new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }
    public HttpClient Client { get; }
    public IServiceProvider Services => app.Services;
    public string DataFolder => folder.Path;

    /// <param name="settings">Of the section Scrip, such as <c>("MaxBulkItems", "10")</c>.</param>
    public static Task<ScripApplication> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync("Production", [("AdminToken", AdminToken), .. settings]);

    /// <summary>As a clone runs it: Development, and no token made yet.</summary>
    public static Task<ScripApplication> StartInDevelopmentAsync(params (string Name, string Value)[] settings) => StartAsync("Development", settings);

    public HttpClient ClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("API-Token", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<ScripApplication> StartAsync(string environment, (string Name, string Value)[] settings)
    {
        var folder = new TemporaryFolder();
        string[] arguments =
        [
            $"--Scrip:Storage={folder.Storage}",
            "--urls=http://127.0.0.1:0",
            .. settings.Select(setting => $"--Scrip:{setting.Name}={setting.Value}"),
        ];
        var app = await ScripServer.BuildAsync(new WebApplicationOptions { Args = arguments, EnvironmentName = environment }, CancellationToken.None);
        await app.StartAsync();
        return new ScripApplication(app, folder, new Uri(app.Urls.Single()), withToken: environment == "Production");
    }
}
