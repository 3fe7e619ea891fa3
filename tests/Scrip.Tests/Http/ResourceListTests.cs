using System.Text.Json;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>The lists of sites and tokens have the pages and fields of every other list.</summary>
public sealed class ResourceListTests(ResourceListTests.Filled filled) : IClassFixture<ResourceListTests.Filled>
{
    private const string Tokens = "/external/api-token/";
    private const string Sites = "/external/site/";

    [Theory]
    [InlineData(Sites, 5)]
    [InlineData(Tokens + "?site=site-1", 7)]
    public async Task A_walk_and_pages_meet_every_one_once(string path, int count)
    {
        var whole = (await filled.Client.FetchAsync(path)).Body;
        Assert.Equal(count, JsonDocument.Parse(whole).RootElement.GetArrayLength());
        foreach (var first in new[] { "page_size=2", "page=1&page_size=3", "after=0&page_size=2", "after=0" })
        {
            var (met, target) = (new List<string>(), path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + first);
            for (string? next = target; next is not null;)
            {
                var page = await filled.Client.FetchAsync(next);
                Assert.Equal(200, page.Status);
                Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Header("X-Total-Count"));
                met.AddRange(JsonDocument.Parse(page.Body).RootElement.EnumerateArray().Select(item => item.GetRawText()));
                next = NextOf(page, next);
            }
            Assert.Equal(whole, $"[{string.Join(',', met)}]");
        }
    }

    [Fact]
    public async Task Fields_and_pages_are_those_that_are_named()
    {
        (await filled.Client.FetchAsync(Sites + "?fields=name,id&page=2&page_size=2")).Expect(
            200, """[{"id":3,"name":"site-2"},{"id":4,"name":"site-3"}]""");
        (await filled.Client.FetchAsync(Tokens + "?site=site-1&fields=expires_at,id,revoked_at,scopes&after=6")).Expect(
            200, """[{"id":7,"scopes":["certificates:read"],"expires_at":null,"revoked_at":null}]""");
        var page = await filled.Client.FetchAsync(Sites + "?page=9");
        page.Expect(200, "[]");
        Assert.Equal("<?page=1>; rel=\"first\", <?page=1>; rel=\"prev\", <?page=1>; rel=\"last\"", page.Header("Link"));
        Assert.Null((await filled.Client.FetchAsync(Sites)).Header("Link"));
        Assert.Equal("no-store", page.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("page=0", "?page out_of_range")]
    [InlineData("page_size=5001", "?page_size out_of_range")]
    [InlineData("after=x", "?after not_an_integer")]
    [InlineData("after=0&page=1", "?after not_allowed")]
    [InlineData("fields=token", "?fields unknown_value")]
    [InlineData("fields=", "?fields unknown_value")]
    [InlineData("ordering=id", "?ordering unknown_parameter")]
    public async Task What_no_list_takes_is_refused(string query, string error)
    {
        (await filled.Client.FetchAsync($"{Tokens}?{query}")).ExpectInvalid(error);
        (await filled.Client.FetchAsync($"{Sites}?{query}")).ExpectInvalid(error);
    }

    private static string? NextOf(Answer page, string target)
    {
        var next = page.Header("Link")!.Split(", ").SingleOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal));
        return next is null ? null : new Uri(new Uri("http://scrip" + target), next[1..next.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery;
    }

    public sealed class Filled : IAsyncLifetime
    {
        private readonly SharedScrip scrip = new();

        public HttpClient Client => scrip.Application.Client;

        public async Task InitializeAsync()
        {
            await scrip.InitializeAsync();
            for (var site = 1; site <= 4; site++)
                await scrip.OpenNamedSiteAsync();
            for (var token = 1; token <= 7; token++)
                await SharedScrip.CreateTokenAsync(Client, "site-1", "certificates:read");
        }

        public Task DisposeAsync() => scrip.DisposeAsync();
    }
}
