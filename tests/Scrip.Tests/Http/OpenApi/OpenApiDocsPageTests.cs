using System.Net;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>The page at <c>/docs</c> comes completely from this server, for machines that cannot reach others.</summary>
public sealed partial class OpenApiDocsPageTests
{
    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    [InlineData("/docs/index.html")]
    public async Task It_is_reached_without_a_token(string path)
    {
        await using var scrip = await ScripApplication.StartAsync();
        using var stranger = new HttpClient { BaseAddress = scrip.Address };
        using var page = await stranger.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Scrip</title>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>The path prefix of a proxy in front of the server is kept.</summary>
    [Theory]
    [InlineData("/docs", "docs/index.html")]
    [InlineData("/docs/", "index.html")]
    public async Task The_short_address_leads_on_to_it_relative_to_itself(string path, string target)
    {
        await using var scrip = await ScripApplication.StartAsync();
        using var stranger = scrip.ClientWithoutToken();
        using var answer = await stranger.GetAsync(path);

        Assert.Equal((HttpStatusCode.MovedPermanently, target), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task All_it_loads_is_served_here()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var page = new Uri(scrip.Address, "/docs/index.html");
        var html = await scrip.Client.GetStringAsync(page);
        var references = References().Matches(html).Select(reference => reference.Groups["url"].Value).ToList();

        Assert.Contains(references, reference => reference.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(references, reference => reference.EndsWith(".css", StringComparison.Ordinal));
        foreach (var reference in references)
        {
            var address = new Uri(page, reference);
            Assert.Equal(scrip.Address.Authority, address.Authority);
            using var asset = await scrip.Client.GetAsync(address);
            Assert.True(asset.StatusCode == HttpStatusCode.OK, $"{address} is not there.");
            if (reference.EndsWith(".css", StringComparison.Ordinal))
                Assert.DoesNotMatch(ForeignStyle(), await asset.Content.ReadAsStringAsync());
        }

        var start = await scrip.Client.GetStringAsync(new Uri(page, "index.js"));
        Assert.Contains($"\"url\":\"{OpenApiDescription.Path}\"", start, StringComparison.Ordinal);
        Assert.DoesNotMatch("\"https?:", start);
    }

    [Fact]
    public async Task A_browser_is_told_to_load_nothing_from_elsewhere()
    {
        await using var scrip = await ScripApplication.StartAsync();
        using var page = await scrip.Client.GetAsync("/docs/index.html");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        var directives = policy.Split("; ").ToDictionary(directive => directive.Split(' ')[0], directive => directive.Split(' ')[1..]);

        Assert.Equal(["'none'"], directives["default-src"]);
        Assert.Equal(["'self'"], directives["script-src"]);
        Assert.Equal(["'self'"], directives["connect-src"]);
        Assert.Equal("'self'", directives["style-src"][0]);
        Assert.All(directives.Values.SelectMany(sources => sources), source => Assert.Matches("^('none'|'self'|'sha256-.*'|data:)$", source));
    }

    [GeneratedRegex("""(?:src|href)\s*=\s*"(?<url>[^"]+)""")]
    private static partial Regex References();

    [GeneratedRegex("""@import|url\((?!\s*["']?data:)""")]
    private static partial Regex ForeignStyle();
}
