using Scrip.Client;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Every valid token learns its own rights, and its site's currency and time zone.</summary>
public sealed class WhoAmITests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string WhoAmI = "/external/whoami/";

    [Theory]
    [InlineData("reports:read")]
    [InlineData("certificates:read")]
    [InlineData("certificates:write")]
    [InlineData("redemptions:write")]
    [InlineData("admin")]
    [InlineData("certificates:read", "reports:read")]
    public async Task A_token_learns_its_name_scopes_expiry_and_site(params string[] scopes)
    {
        var site = await scrip.OpenNamedSiteAsync("MDL", "Europe/Chisinau");
        var list = string.Join(',', scopes.Select(scope => $"\"{scope}\""));
        var created = await scrip.Application.Client.PostAsync(
            "/external/api-token/", $$"""{"site":"{{site}}","name":"Касса №1","scopes":[{{list}}],"expires_at":"2999-01-01T00:00:00+02:00"}""");
        using var holder = scrip.Application.ClientWith(created.Body.Split("\"token\":\"")[1].TrimEnd('}', '"'));

        var answer = await holder.FetchAsync(WhoAmI);

        answer.Expect(
            200,
            $$"""{"name":"Касса №1","scopes":[{{list}}],"expires_at":"2998-12-31T22:00:00Z","site":"{{site}}","currency":"MDL","time_zone":"Europe/Chisinau"}""");
        Assert.Equal(("application/json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        (await holder.FetchAsync(WhoAmI.TrimEnd('/') + "?fields=time_zone,currency")).Expect(200, """{"currency":"MDL","time_zone":"Europe/Chisinau"}""");
        var client = await new ScripClient(holder).WhoAmIAsync(CancellationToken.None);
        Assert.Equal((site, "MDL", scopes.Length), (client.Site, client.Currency, client.Scopes.Count));
    }

    [Fact]
    public async Task The_admin_token_of_the_environment_is_the_operator() => (await scrip.Application.Client.FetchAsync(WhoAmI)).Expect(
        200, """{"name":"operator","scopes":["admin"],"expires_at":null,"site":"default","currency":"USD","time_zone":"UTC"}""");

    [Fact]
    public async Task A_caller_without_a_token_in_Development_is_the_developer()
    {
        await using var development = await ScripApplication.StartInDevelopmentAsync();
        (await development.Client.FetchAsync(WhoAmI)).Expect(
            200, """{"name":"developer","scopes":["admin"],"expires_at":null,"site":"default","currency":"USD","time_zone":"UTC"}""");
    }

    [Fact]
    public async Task Parameters_are_read_strictly()
    {
        (await scrip.Application.Client.FetchAsync(WhoAmI + "?fields=price")).ExpectInvalid("?fields unknown_value");
        (await scrip.Application.Client.FetchAsync(WhoAmI + "?site=default")).ExpectInvalid("?site unknown_parameter");
    }
}
