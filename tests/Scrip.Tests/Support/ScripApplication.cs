using Microsoft.AspNetCore.Builder;
using Scrip.Server;

namespace Scrip.Tests.Support;

/// <summary>
/// The server in this process, built like the program: real Kestrel on its own port, and its own real database. Its <see cref="Client"/> is
/// the operator's, with the admin token.
/// </summary>
public sealed class ScripApplication : IAsyncDisposable
{
    public const string AdminToken = "operator-of-the-test-suite-0123456789";

    private readonly TestStorage storage;
    private readonly string environment;
    private readonly (string Name, string Value)[] settings;
    private readonly TimeProvider time;
    private WebApplication app;

    private ScripApplication(
        WebApplication app, TestStorage storage, string environment, TimeProvider time, (string Name, string Value)[] settings)
    {
        this.app = app;
        this.time = time;
        this.storage = storage;
        this.environment = environment;
        this.settings = settings;
        Client = NewClient();
    }

    /// <summary>The address, which changes with a restart, as does <see cref="Client"/>.</summary>
    public Uri Address => new(app.Urls.Single());

    public HttpClient Client { get; private set; }
    public IServiceProvider Services => app.Services;
    public string DataFolder => storage.Folder;

    /// <summary>The storage setting, for code that opens the data while the server is stopped.</summary>
    public string StorageSetting => storage.Setting;

    /// <param name="settings">Settings of the section Scrip, such as <c>("MaxBulkItems", "10")</c>.</param>
    public static Task<ScripApplication> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(TimeProvider.System, settings);

    /// <summary>Starts a server with a clock that the test can set.</summary>
    public static Task<ScripApplication> StartAsync(TimeProvider time, params (string Name, string Value)[] settings) =>
        StartAsync("Production", time, [("AdminToken", AdminToken), .. settings]);

    /// <summary>Starts a server as in a clone: Development, and no token created yet.</summary>
    public static Task<ScripApplication> StartInDevelopmentAsync(params (string Name, string Value)[] settings) =>
        StartAsync("Development", TimeProvider.System, settings);

    /// <summary>Starts a production server without the admin token.</summary>
    public static Task<ScripApplication> StartWithoutAdminTokenAsync() => StartAsync("Production", TimeProvider.System, []);

    public HttpClient ClientWith(string token)
    {
        var client = ClientWithoutToken();
        client.DefaultRequestHeaders.Add("API-Token", token);
        return client;
    }

    /// <summary>A client that takes responses unchanged: it follows no redirect and decompresses nothing.</summary>
    public HttpClient ClientWithoutToken() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };

    /// <summary>Stops the server and starts it again on the same data.</summary>
    public async Task RestartAsync(Action? whileStopped = null)
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        whileStopped?.Invoke();
        app = await StartAsync(storage, environment, time, settings);
        Client = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        storage.Dispose();
    }

    private static async Task<ScripApplication> StartAsync(string environment, TimeProvider time, (string Name, string Value)[] settings)
    {
        var storage = new TestStorage(
            settings.FirstOrDefault(setting => setting.Name == "Currency").Value ?? "USD",
            settings.FirstOrDefault(setting => setting.Name == "TimeZone").Value ?? "UTC");
        return new ScripApplication(await StartAsync(storage, environment, time, settings), storage, environment, time, settings);
    }

    private static async Task<WebApplication> StartAsync(
        TestStorage storage, string environment, TimeProvider time, (string Name, string Value)[] settings)
    {
        string[] arguments =
        [
            $"--Scrip:Storage={storage.Setting}",
            "--urls=http://127.0.0.1:0",
            .. settings.Select(setting => $"--Scrip:{setting.Name}={setting.Value}"),
        ];
        var app = await ScripServer.BuildAsync(
            new WebApplicationOptions { Args = arguments, EnvironmentName = environment }, time, CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    private HttpClient NewClient() => settings.Any(setting => setting.Name == "AdminToken") ? ClientWith(AdminToken) : ClientWithoutToken();
}
