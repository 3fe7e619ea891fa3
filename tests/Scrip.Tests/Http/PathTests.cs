using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Which paths exist: with and without the trailing slash, and never by a redirect.</summary>
public sealed class PathTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string NoSlash = "/external/payment-certificate";

    [Fact]
    public async Task Every_call_answers_the_same_with_and_without_the_last_slash()
    {
        var site = await scrip.OpenSiteAsync();

        Assert.Equal(201, (await site.PostAsync(NoSlash + "/bulk-create", """[{"code":"A"}]""")).Status);
        Assert.Equal(201, (await site.PostAsync(NoSlash + "/bulk-create/", """[{"code":"B"}]""")).Status);
        Assert.Equal(200, (await site.PutAsync(NoSlash + "/bulk-update", """[{"id":1,"code":"A1"}]""")).Status);
        Assert.Equal(200, (await site.PutAsync(NoSlash + "/bulk-update/", """[{"id":1,"code":"A2"}]""")).Status);
        Assert.Equal(200, (await site.PutAsync(NoSlash + "/1", """{"code":"A3"}""")).Status);
        Assert.Equal(200, (await site.PutAsync(NoSlash + "/1/", """{"code":"A4"}""")).Status);
        foreach (var path in new[] { NoSlash, NoSlash + "/1", NoSlash + "?page=1" })
        {
            var slashed = path.Contains('?', StringComparison.Ordinal) ? path.Replace("?", "/?", StringComparison.Ordinal) : path + "/";
            var plain = await site.FetchAsync(path);
            Assert.Equal(200, plain.Status);
            Assert.Equal(plain.Body, (await site.FetchAsync(slashed)).Body);
        }
        var admin = scrip.Application.Client;
        foreach (var path in new[] { "/external/site", "/external/api-token", "/health/live", "/health/ready" })
        {
            Assert.Equal(200, (await admin.FetchAsync(path)).Status);
            Assert.Equal(200, (await admin.FetchAsync(path + "/")).Status);
        }
        (await admin.CallAsync("DELETE", "/external/api-token/999", null)).ExpectProblem(404, "not-found");
        (await admin.CallAsync("DELETE", "/external/api-token/999/", null)).ExpectProblem(404, "not-found");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("%201")]
    [InlineData("1%20")]
    [InlineData("١")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    [InlineData("abc")]
    [InlineData("bulk")]
    [InlineData("1%2F")]
    [InlineData("%22%3E%3Cb%3E")]
    [InlineData("2")]
    public async Task An_id_that_no_certificate_has_is_not_there(string id)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        foreach (var path in new[] { Certificates + id, Certificates + id + "/" })
        {
            (await site.FetchAsync(path)).ExpectProblem(404, "not-found");
            (await site.PutAsync(path, """{"code":"B"}""")).ExpectProblem(404, "not-found");
        }
        Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":0,"version":1}]""", await site.ListAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/external")]
    [InlineData("/external/payment-certificates/")]
    [InlineData("/external/payment-certificate/1/history")]
    [InlineData("/external/payment-certificate//")]
    [InlineData("/external/payment-certificate/1//")]
    [InlineData("/external/payment-certificate/bulk-create/1")]
    [InlineData("/problems/")]
    [InlineData("/problems/no-such-problem")]
    [InlineData("/favicon.ico")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/docs/../../etc/passwd")]
    public async Task An_unknown_path_is_a_404_problem_with_and_without_a_token(string path)
    {
        (await scrip.Application.Client.FetchAsync(path)).ExpectProblem(404, "not-found");
        using var stranger = scrip.Application.ClientWithoutToken();
        Assert.Equal(
            path == "/problems/no-such-problem" ? "The problem type was not found." : "Nothing is served at this address; /docs lists what is.",
            (await stranger.FetchAsync(path)).ExpectProblem(404, "not-found").Detail());
    }
}
