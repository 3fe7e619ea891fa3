using System.Globalization;
using System.Text.Json;

namespace Scrip.Tests.Support;

/// <summary>One server for all tests of a class. Each test opens its own site, so that it never sees the data of another.</summary>
public sealed class SharedScrip : IAsyncLifetime
{
    private ScripApplication? application;
    private int opened;

    public ScripApplication Application => application ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Opens a site and returns a client with a token for all its certificates.</summary>
    public async Task<HttpClient> OpenSiteAsync(string currency = "USD")
    {
        var site = await OpenNamedSiteAsync(currency);
        return await ClientForAsync(site, "certificates:read", "certificates:write");
    }

    /// <summary>Opens a site and returns a client whose token also allows payments and reports.</summary>
    public async Task<HttpClient> OpenShopAsync(string currency = "USD", string timeZone = "UTC")
    {
        var site = await OpenNamedSiteAsync(currency, timeZone);
        return await ClientForAsync(site, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
    }

    public async Task<string> OpenNamedSiteAsync(string currency = "USD", string timeZone = "UTC")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"site-{Interlocked.Increment(ref opened)}");
        var created = await Application.Client.PostAsync(
            "/external/site/", $$"""{"name":"{{name}}","currency":"{{currency}}","time_zone":"{{timeZone}}"}""");
        Assert.Equal(201, created.Status);
        return name;
    }

    public async Task<HttpClient> ClientForAsync(string site, params string[] scopes) =>
        Application.ClientWith((await CreateTokenAsync(Application.Client, site, scopes)).Text);

    public static async Task<(long Id, string Text)> CreateTokenAsync(HttpClient admin, string site, params string[] scopes)
    {
        var created = await admin.PostAsync(
            "/external/api-token/", $$"""{"site":"{{site}}","name":"test","scopes":[{{string.Join(',', scopes.Select(scope => $"\"{scope}\""))}}]}""");
        Assert.Equal(201, created.Status);
        using var json = JsonDocument.Parse(created.Body);
        return (json.RootElement.GetProperty("id").GetInt64(), json.RootElement.GetProperty("token").GetString()!);
    }

    /// <summary>The tests of a class may share a token, and together they send more wrong codes than a guesser may.</summary>
    public async Task InitializeAsync() => application = await ScripApplication.StartAsync(
        ("MaxCodeMissesPerMinute", "1000000"), ("MaxCodeMissesPerDay", "1000000"),
        ("MaxTokenCodeMissesPerMinute", "1000000"), ("MaxTokenCodeMissesPerDay", "1000000"));

    public async Task DisposeAsync() => await Application.DisposeAsync();
}
