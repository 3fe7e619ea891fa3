using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>To a caller, the data of other sites does not exist.</summary>
public sealed class SiteIsolationTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task Another_sites_certificate_is_the_same_404_as_one_that_never_was()
    {
        var owner = await scrip.OpenSiteAsync();
        var other = await scrip.OpenSiteAsync();
        await owner.CreateAsync("""[{"code":"A"},{"code":"B"}]""");
        var stored = await owner.ListAsync();

        foreach (var call in new Func<HttpClient, string, Task<Answer>>[]
        {
            (client, id) => client.FetchAsync($"{Certificates}{id}/"),
            (client, id) => client.FetchAsync($"{Certificates}{id}/?fields=balance", ("If-None-Match", "*")),
            (client, id) => client.PutAsync($"{Certificates}{id}/", """{"code":"A"}"""),
            (client, id) => client.PutAsync($"{Certificates}{id}/", """{"code":"A"}""", ("If-Match", "*")),
            (client, id) => client.UpdateAsync($$"""[{"id":{{id}},"code":"A"}]"""),
        })
        {
            var theirs = await call(other, "2");
            var nobodys = await call(other, "7");
            theirs.ExpectProblem(404, "not-found", [.. theirs.Errors()]);
            Assert.Equal(nobodys.BodyWithoutTrace.Replace("Certificate 7", "Certificate 2", StringComparison.Ordinal), theirs.BodyWithoutTrace);
        }
        Assert.Equal(stored, await owner.ListAsync());
        Assert.Equal("[]", await other.ListAsync());
    }

    [Fact]
    public async Task Codes_and_ids_are_each_sites_own()
    {
        var first = await scrip.OpenSiteAsync();
        var second = await scrip.OpenSiteAsync();

        await first.CreateAsync("""[{"code":"A","value":1},{"code":"B","value":2}]""");
        (await second.CreateAsync("""[{"code":"B","value":9}]""")).Expect(201, """[{"id":1,"code":"B","is_active":true,"value":9}]""");
        (await second.PutAsync(Certificates + "1", """{"code":"A"}""")).Expect(200, """{"id":1,"code":"A","is_active":true,"value":9}""");
        Assert.Equal(
            """[{"id":1,"code":"A","is_active":true,"value":1,"version":1},{"id":2,"code":"B","is_active":true,"value":2,"version":1}]""", await first.ListAsync());
        Assert.Equal("1", (await second.FetchAsync(Certificates + "?page=1")).Header("X-Total-Count"));
        Assert.Equal("0", (await second.FetchAsync(Certificates + "?page=1&code=B")).Header("X-Total-Count"));
        (await second.FetchAsync(Certificates + "?search=b")).Expect(200, "[]");
    }

    [Fact]
    public async Task The_operators_token_is_one_of_the_default_site_and_sees_no_certificates_of_others()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"not the operator's"}]""");

        Assert.DoesNotContain("not the operator's", (await scrip.Application.Client.FetchAsync(Certificates)).Body, StringComparison.Ordinal);
    }
}
