using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A key belongs to the token that sent it, whatever the call and its site.</summary>
public sealed class IdempotencyScopeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task Two_tokens_of_a_site_do_not_share_keys()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var first = await scrip.ClientForAsync(site, "certificates:write");
        var second = await scrip.ClientForAsync(site, "certificates:write");
        var key = ("Idempotency-Key", "1");

        (await first.CreateAsync("""[{"code":"A"}]""", key)).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        (await second.CreateAsync("""[{"code":"B"}]""", key)).Expect(201, """[{"id":2,"code":"B","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task Two_sites_do_not_share_keys()
    {
        var first = await scrip.OpenSiteAsync();
        var second = await scrip.OpenSiteAsync();
        var key = ("Idempotency-Key", "1");

        (await first.CreateAsync("""[{"code":"A"}]""", key)).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        (await second.CreateAsync("""[{"code":"B"}]""", key)).Expect(201, """[{"id":1,"code":"B","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task An_administrator_who_works_on_another_site_uses_up_no_key_of_its_tokens()
    {
        // The default site's token and the other site's have the same id, each in its own site.
        await using var own = await ScripApplication.StartAsync();
        var (adminId, adminText) = await SharedScrip.CreateTokenAsync(own.Client, "default", "admin");
        await own.Client.PostAsync("/external/site/", """{"name":"other","currency":"MDL","time_zone":"UTC"}""");
        var (holderId, holderText) = await SharedScrip.CreateTokenAsync(own.Client, "other", "certificates:write");
        Assert.Equal(adminId, holderId);
        using var admin = own.ClientWith(adminText);
        using var holder = own.ClientWith(holderText);
        var key = ("Idempotency-Key", "shared");

        Assert.Equal(201, (await admin.PostAsync("/external/api-token/", """{"site":"other","name":"x","scopes":["admin"]}""", key)).Status);

        (await holder.CreateAsync("""[{"code":"A"}]""", key)).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task The_same_key_for_a_token_of_another_site_is_another_request()
    {
        var first = await scrip.OpenNamedSiteAsync();
        var second = await scrip.OpenNamedSiteAsync();
        var admin = scrip.Application.Client;
        var key = ("Idempotency-Key", first);

        Assert.Equal(201, (await admin.PostAsync("/external/api-token/", TokenFor(first), key)).Status);
        (await admin.PostAsync("/external/api-token/", TokenFor(second), key)).ExpectProblem(422, "idempotency-key-reused");
        (await admin.CallAsync("DELETE", $"/external/api-token/1?site={first}", null, key)).ExpectProblem(422, "idempotency-key-reused");
        (await admin.FetchAsync($"/external/api-token/?site={second}")).Expect(200, "[]");

        static string TokenFor(string site) => $$"""{"site":"{{site}}","name":"x","scopes":["admin"]}""";
    }

    [Fact]
    public async Task Opening_a_site_is_replayed()
    {
        var admin = scrip.Application.Client;
        const string body = """{"name":"replayed","currency":"MDL","time_zone":"Europe/Chisinau"}""";
        var key = ("Idempotency-Key", "open-replayed");
        var first = await admin.PostAsync("/external/site/", body, key);
        var refused = await admin.PostAsync("/external/site/", body, ("Idempotency-Key", "open-again"));

        Assert.Equal(201, first.Status);
        refused.ExpectProblem(409, "conflict", "/name name_taken");
        var replay = await admin.PostAsync("/external/site/", body, key);
        replay.Expect(201, first.Body);
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        (await admin.PostAsync("/external/site/", body, ("Idempotency-Key", "open-again"))).Expect(409, refused.Body);
        (await admin.PostAsync("/external/site/", body.Replace("MDL", "USD", StringComparison.Ordinal), key)).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Revoking_a_token_is_replayed_with_its_refusals()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var admin = scrip.Application.Client;
        var (id, _) = await SharedScrip.CreateTokenAsync(admin, site, "admin");
        var path = $"/external/api-token/{id}/?site={site}";
        var key = ("Idempotency-Key", $"revoke-{site}");
        var missing = await admin.CallAsync("DELETE", $"/external/api-token/999/?site={site}", null, ("Idempotency-Key", $"missing-{site}"));
        missing.ExpectProblem(404, "not-found");

        (await admin.CallAsync("DELETE", path, null, key)).Expect(204, "");
        var replay = await admin.CallAsync("DELETE", path, null, key);
        replay.Expect(204, "");
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        (await admin.CallAsync("DELETE", $"/external/api-token/999/?site={site}", null, ("Idempotency-Key", $"missing-{site}"))).Expect(404, missing.Body);
        (await admin.CallAsync("DELETE", $"/external/api-token/998/?site={site}", null, key)).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_replay_of_a_tokens_creation_does_not_show_the_token()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var admin = scrip.Application.Client;
        var body = $$"""{"site":"{{site}}","name":"ERP","scopes":["admin"]}""";
        var key = ("Idempotency-Key", $"token-{site}");
        var first = await admin.PostAsync("/external/api-token/", body, key);
        Assert.Equal(201, first.Status);

        var replay = await admin.PostAsync("/external/api-token/", body, key);

        replay.ExpectProblem(409, "conflict");
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        Assert.DoesNotContain($"scrip_{site}_", replay.Body, StringComparison.Ordinal);
        Assert.StartsWith("The first request with this key created token 1;", replay.Detail(), StringComparison.Ordinal);
        replay.Expect(409, (await admin.PostAsync("/external/api-token/", body, key)).Body);
        Assert.Single((await admin.FetchAsync($"/external/api-token/?site={site}")).Body.Split("\"id\":").Skip(1));
    }
}
