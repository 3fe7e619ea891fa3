using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A client that only follows the links of a page sees the whole list, once.</summary>
public sealed partial class PageWalkTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("?page=1&page_size=10&fields=id")]
    [InlineData("?page_size=7&fields=id")]
    [InlineData("?page_size=25&fields=id&ordering=id")]
    [InlineData("?page_size=5000&fields=id")]
    [InlineData("?fields=id&page_size=10&after=0")]
    [InlineData("?after=0&page_size=1&fields=id")]
    [InlineData("?after=0&page_size=25&fields=id")]
    [InlineData("?after=0&page_size=24&fields=id&search=c")]
    [InlineData("?page_size=4&fields=id&search=%D0%96%20%26%3D%23%2B")]
    public async Task Next_leads_through_the_whole_list(string query)
    {
        var site = await SiteWith25Async();
        var seen = "";
        var pages = 0;
        for (string? next = Certificates + query; next is not null; pages++)
        {
            var page = await site.FetchAsync(next);
            Assert.Equal(200, page.Status);
            seen += page.Body[1..^1] + ",";
            next = Links(page).GetValueOrDefault("next");
        }

        Assert.Equal(Ids(1, 25)[1..^1] + ",", seen);
        Assert.True(pages is > 0 and <= 25);
    }

    [Fact]
    public async Task Prev_first_and_last_lead_back_and_to_the_ends()
    {
        var site = await SiteWith25Async();

        var second = await site.FetchAsync(Certificates + "?page=2&page_size=10&fields=id");
        second.Expect(200, Ids(11, 20));
        (await site.FetchAsync(Links(second)["prev"])).Expect(200, Ids(1, 10));
        (await site.FetchAsync(Links(second)["first"])).Expect(200, Ids(1, 10));
        var last = await site.FetchAsync(Links(second)["last"]);
        last.Expect(200, Ids(21, 25));
        Assert.False(Links(last).ContainsKey("next"));
        Assert.False(Links(await site.FetchAsync(Links(second)["first"])).ContainsKey("prev"));
    }

    [Theory]
    [InlineData("?page=4&page_size=10&fields=id")]
    [InlineData("?page=1000000&page_size=10&fields=id")]
    public async Task A_page_past_the_end_is_empty_and_leads_back_to_the_last(string query)
    {
        var site = await SiteWith25Async();

        var past = await site.FetchAsync(Certificates + query);

        past.Expect(200, "[]");
        Assert.Equal("25", past.Header("X-Total-Count"));
        Assert.False(Links(past).ContainsKey("next"));
        (await site.FetchAsync(Links(past)["prev"])).Expect(200, Ids(21, 25));
        (await site.FetchAsync(Links(past)["last"])).Expect(200, Ids(21, 25));
    }

    [Theory]
    [InlineData("?page=1", "25")]
    [InlineData("?page_size=1", "25")]
    [InlineData("?page_size=1&value_min=20", "6")]
    [InlineData("?page=3&page_size=3&is_active=false", "0")]
    [InlineData("?after=3&page_size=1", "25")]
    public async Task A_page_carries_the_number_of_all_that_match(string query, string total)
    {
        var site = await SiteWith25Async();

        Assert.Equal(total, (await site.FetchAsync(Certificates + query)).Header("X-Total-Count"));
    }

    [Fact]
    public async Task Page_alone_means_a_hundred()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync($"[{string.Join(',', Enumerable.Range(1, 101).Select(at => $$"""{"code":"C{{at}}"}"""))}]");

        (await site.FetchAsync(Certificates + "?page=1&fields=id")).Expect(200, Ids(1, 100));
        (await site.FetchAsync(Certificates + "?page=2&fields=id")).Expect(200, Ids(101, 101));
        (await site.FetchAsync(Certificates + "?after=0&fields=id")).Expect(200, Ids(1, 100));
        (await site.FetchAsync(Certificates + "?fields=id")).Expect(200, Ids(1, 101));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?page=1")]
    [InlineData("?page_size=5000")]
    [InlineData("?after=0")]
    [InlineData("?search=x&ordering=-value")]
    [InlineData("?fields=id")]
    public async Task An_empty_list_has_one_shape(string query)
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.FetchAsync(Certificates + query);

        answer.Expect(200, "[]");
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task Links_keep_the_callers_path_filters_and_order()
    {
        var site = await SiteWith25Async();

        var page = await site.FetchAsync("/external/payment-certificate?ordering=-value&page_size=10&page=2&value_min=1&search=%D0%96");

        var next = Links(page, "/external/payment-certificate")["next"];
        Assert.StartsWith("/external/payment-certificate?", next, StringComparison.Ordinal);
        Assert.StartsWith("<?page=1&ordering=-value&page_size=10&", page.Header("Link"), StringComparison.Ordinal);
        Assert.Equal(
            ["ordering=-value", "page=3", "page_size=10", "search=%D0%96", "value_min=1"], next.Split('?')[1].Split('&').Order(StringComparer.Ordinal));
        (await site.FetchAsync(next + "&fields=id")).Expect(200, "[{\"id\":5},{\"id\":4},{\"id\":3},{\"id\":2},{\"id\":1}]");
    }

    private async Task<HttpClient> SiteWith25Async()
    {
        var site = await scrip.OpenSiteAsync();
        var created = await site.CreateAsync($"[{string.Join(',', Enumerable.Range(1, 25).Select(at => $$"""{"code":"C{{at}} Ж &=#+","value":{{at}}}"""))}]");
        Assert.Equal(201, created.Status);
        return site;
    }

    private static string Ids(int first, int last) =>
        $"[{string.Join(',', Enumerable.Range(first, last - first + 1).Select(id => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}}}""")))}]";

    /// <summary>The targets as a client resolves them against the address of its call.</summary>
    private static Dictionary<string, string> Links(Answer page, string path = Certificates) =>
        Link().Matches(page.Header("Link")!).ToDictionary(match => match.Groups[2].Value, match => Resolve(path, match.Groups[1].Value));

    private static string Resolve(string path, string target) => new Uri(new Uri("http://scrip" + path), target).PathAndQuery;

    [GeneratedRegex("""<([^>]+)>; rel="([a-z]+)"(?:, |$)""")]
    private static partial Regex Link();
}
