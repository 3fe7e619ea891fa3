using Scrip.Server.Hosting;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Development without a token accepts callers on this machine, and nobody else.</summary>
public sealed class DevelopmentAccessTests
{
    [Fact]
    public async Task A_call_from_this_machine_needs_no_token()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();

        (await scrip.Client.FetchAsync(Certificates)).Expect(200, "[]");
        foreach (var host in new[] { "localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "[::1]" })
            Assert.StartsWith("HTTP/1.1 200 ", await GetWithHostAsync(scrip, $"{host}:{scrip.Address.Port}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_came_through_a_proxy_needs_a_token()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();

        foreach (var header in new[]
        {
            "Forwarded", "Via", "X-Forwarded-For", "x-forwarded-for", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port",
            "X-Forwarded-Server", "X-Forwarded", "X-Original-For", "X-Original-Host", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP",
            "CF-Connecting-IP", "DO-Connecting-IP", "Fastly-Client-IP", "Fly-Client-IP", "Client-IP", "WL-Proxy-Client-IP", "X-Azure-ClientIP",
            "X-Azure-SocketIP", "X-Appengine-User-IP", "X-ProxyUser-IP", "Forwarded-For", "X-Envoy-External-Address", "CDN-Loop",
        })
        {
            var answer = await scrip.Client.FetchAsync(Certificates, (header, "127.0.0.1"));
            Assert.True(answer.Status == 401, $"{header}: {answer.Status}");
            Assert.Equal(401, (await scrip.Client.FetchAsync(Certificates, (header, ""))).Status);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_call_under_a_foreign_name_needs_a_token(string host)
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();

        Assert.StartsWith("HTTP/1.1 401 ", await GetWithHostAsync(scrip, host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_a_token_that_is_none_is_not_taken_for_one_without()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();

        (await scrip.Client.FetchAsync(Certificates, ("API-Token", "wrong"))).ExpectProblem(401, "unauthorized");
        (await scrip.Client.FetchAsync(Certificates, ("API-Token", ""))).ExpectProblem(401, "unauthorized");
        (await scrip.Client.FetchAsync(Certificates, ("Authorization", "Basic eA=="))).ExpectProblem(401, "unauthorized");
    }

    [Fact]
    public async Task The_first_token_ends_it_even_when_it_is_revoked_again()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();
        var (id, text) = await SharedScrip.CreateTokenAsync(scrip.Client, "default", "admin");

        (await scrip.Client.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
        using (var holder = scrip.ClientWith(text))
            Assert.Equal(204, (await holder.CallAsync("DELETE", $"/external/api-token/{id}", null)).Status);
        (await scrip.Client.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
        await scrip.RestartAsync();
        (await scrip.Client.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
    }

    [Theory]
    [InlineData("default", "certificates:read")]
    [InlineData("default", "certificates:write")]
    [InlineData("second", "admin")]
    public async Task The_first_token_must_be_one_that_can_make_others(string site, string scope)
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();
        await scrip.Client.PostAsync("/external/site/", """{"name":"second","currency":"MDL","time_zone":"UTC"}""");
        var body = $$"""{"site":"{{site}}","name":"ERP","scopes":["{{scope}}"]}""";

        var refused = await scrip.Client.PostAsync("/external/api-token/", body);

        refused.ExpectProblem(409, "conflict");
        Assert.Contains("First create a token of the site default with the scope admin", refused.Detail(), StringComparison.Ordinal);
        (await scrip.Client.FetchAsync(Certificates)).Expect(200, "[]");
        var (_, text) = await SharedScrip.CreateTokenAsync(scrip.Client, "default", "admin");
        using var admin = scrip.ClientWith(text);
        Assert.Equal(201, (await admin.PostAsync("/external/api-token/", body)).Status);
    }

    [Fact]
    public async Task An_admin_token_in_the_settings_ends_it_too()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync(("AdminToken", ScripApplication.AdminToken));
        using var stranger = scrip.ClientWithoutToken();

        (await stranger.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
        (await scrip.Client.FetchAsync(Certificates)).Expect(200, "[]");
    }

    [Fact]
    public async Task Production_lets_nobody_in_without_a_token_even_where_none_was_made()
    {
        await using var scrip = await ScripApplication.StartWithoutAdminTokenAsync();

        (await scrip.Client.FetchAsync(Certificates)).ExpectProblem(401, "unauthorized");
    }

    [Fact]
    public async Task An_admin_token_under_32_characters_stops_the_start() =>
        await Assert.ThrowsAsync<SettingsException>(() => ScripApplication.StartInDevelopmentAsync(("AdminToken", new string('x', 31))));

    private static Task<string> GetWithHostAsync(ScripApplication scrip, string host) =>
        RawHttp.ExchangeAsync(scrip.Address, $"GET {Certificates} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
}
