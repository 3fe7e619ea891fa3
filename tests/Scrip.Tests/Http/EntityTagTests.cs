using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>RFC 9110, 8.8.3 and 13.1: a certificate's ETag, and conditional calls.</summary>
public sealed class EntityTagTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string One = Certificates + "1/";

    [Fact]
    public async Task The_tag_changes_with_the_certificate_and_only_then()
    {
        var site = await SiteWithOneAsync();

        Assert.Equal("\"1\"", (await site.FetchAsync(One)).Header("ETag"));
        Assert.Equal("\"2\"", (await site.PutAsync(One, """{"code":"B"}""")).Header("ETag"));
        Assert.Equal("\"2\"", (await site.PutAsync(One, """{"code":"B"}""")).Header("ETag"));
        Assert.Equal("\"2\"", (await site.PutAsync(One, """{"id":1,"code":"B","is_active":true,"value":5}""")).Header("ETag"));
        await site.UpdateAsync("""[{"id":1,"code":"B","value":5}]""");
        Assert.Equal("\"2\"", (await site.FetchAsync(One)).Header("ETag"));
        await site.UpdateAsync("""[{"id":1,"code":"B","value":6}]""");
        Assert.Equal("\"3\"", (await site.FetchAsync(One)).Header("ETag"));
    }

    [Fact]
    public async Task Writing_what_is_stored_already_is_no_update()
    {
        var site = await SiteWithOneAsync();
        var before = await site.FetchAsync(One + "?fields=updated_at,version");

        await site.PutAsync(One, """{"code":"A","is_active":true,"value":5}""");

        Assert.Equal(before.Body, (await site.FetchAsync(One + "?fields=updated_at,version")).Body);
    }

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"7\", W/\"8\",\"1\"", 304)]
    [InlineData("\"2\"", 200)]
    [InlineData("\"01\"", 200)]
    [InlineData("1", 200)]
    [InlineData("\"a\", \"b\"", 200)]
    [InlineData("", 200)]
    public async Task If_None_Match_spares_the_body_of_what_the_caller_has(string header, int status)
    {
        var site = await SiteWithOneAsync();

        var answer = await site.FetchAsync(One, ("If-None-Match", header));

        answer.Expect(status, status == 304 ? "" : """{"id":1,"code":"A","is_active":true,"value":5}""");
        Assert.Equal("\"1\"", answer.Header("ETag"));
        Assert.Equal("private, no-cache", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_write_that_names_what_it_must_not_find_is_refused()
    {
        var site = await SiteWithOneAsync();
        var before = await site.ListAsync();

        foreach (var header in new[] { "*", "\"1\"", "" })
        {
            var refusals = new[]
            {
                await site.PutAsync(One, """{"code":"B"}""", ("If-None-Match", header)),
                await site.UpdateAsync("""[{"id":1,"code":"B"}]""", ("If-None-Match", header)),
                await site.CreateAsync("""[{"code":"B"}]""", ("If-None-Match", header)),
            };
            foreach (var refusal in refusals)
                refusal.ExpectInvalid();
            Assert.Equal("If-None-Match is only supported on GET and HEAD; nothing was stored.", refusals[0].Detail());
        }
        Assert.Equal(before, await site.ListAsync());
    }

    [Theory]
    [InlineData("POST", "/external/site/", """{"name":"conditional","currency":"USD","time_zone":"UTC"}""")]
    [InlineData("POST", "/external/api-token/", """{"site":"default","name":"conditional","scopes":["admin"]}""")]
    [InlineData("DELETE", "/external/api-token/1/", null)]
    public async Task A_condition_of_a_write_of_tokens_or_sites_is_refused(string method, string path, string? body)
    {
        var admin = scrip.Application.Client;
        await SharedScrip.CreateTokenAsync(admin, "default", "certificates:read");
        foreach (var (name, value) in new[] { ("If-Match", "*"), ("If-Match", "\"1\""), ("If-None-Match", "*"), ("If-None-Match", "") })
        {
            var refusal = (await admin.CallAsync(method, path, body, (name, value))).ExpectInvalid();
            Assert.StartsWith($"{name} is only supported ", refusal.Detail(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("conditional", (await admin.FetchAsync("/external/site/")).Body, StringComparison.Ordinal);
        var tokens = (await admin.FetchAsync("/external/api-token/")).Body;
        Assert.DoesNotContain("conditional", tokens, StringComparison.Ordinal);
        Assert.DoesNotContain("revoked_at", tokens, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"7\" , \"1\"", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("W/\"1\"", 412)]
    [InlineData("\"01\"", 412)]
    [InlineData("\"\"", 412)]
    [InlineData("\"one\"", 412)]
    [InlineData("\"99999999999999999999\"", 412)]
    [InlineData("1", 400)]
    [InlineData("", 400)]
    [InlineData("\"1", 400)]
    [InlineData("\"1\" \"2\"", 400)]
    public async Task If_Match_lets_a_write_through_only_at_the_version_it_names(string header, int status)
    {
        var site = await SiteWithOneAsync();
        var before = await site.ListAsync();

        var answer = await site.PutAsync(One, """{"code":"B"}""", ("If-Match", header));

        Assert.Equal(status, answer.Status);
        if (status == 412)
        {
            answer.ExpectProblem(412, "precondition-failed");
            Assert.Equal("The certificate is now at version 1; nothing was stored.", answer.Detail());
        }
        if (status != 200)
            Assert.Equal(before, await site.ListAsync());
    }

    [Fact]
    public async Task Of_two_writers_who_read_the_same_version_one_is_refused()
    {
        var site = await SiteWithOneAsync();
        var tag = (await site.FetchAsync(One)).Header("ETag")!;

        var answers = await Task.WhenAll(
            site.PutAsync(One, """{"code":"first"}""", ("If-Match", tag)), site.PutAsync(One, """{"code":"second"}""", ("If-Match", tag)));

        Assert.Equal([200, 412], answers.Select(answer => answer.Status).Order());
        Assert.Equal(answers.Single(answer => answer.Status == 200).Body, (await site.FetchAsync(One)).Body);
    }

    [Fact]
    public async Task A_bulk_call_does_not_pass_over_an_If_Match_in_silence()
    {
        var site = await SiteWithOneAsync();

        (await site.UpdateAsync("""[{"id":1,"code":"B"}]""", ("If-Match", "\"1\""))).ExpectInvalid();
        (await site.CreateAsync("""[{"code":"B"}]""", ("If-Match", "*"))).ExpectInvalid();
        Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":5,"version":1}]""", await site.ListAsync());
    }

    private async Task<HttpClient> SiteWithOneAsync()
    {
        var site = await scrip.OpenSiteAsync();
        Assert.Equal(201, (await site.CreateAsync("""[{"code":"A","value":5}]""")).Status);
        return site;
    }
}
