using System.IO.Compression;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Lists are compressed for clients that accept it, and have the same bytes after decompression.</summary>
public sealed class CompressionTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("gzip", "")]
    [InlineData("br", "")]
    [InlineData("gzip", "?page_size=1000")]
    [InlineData("br", "?format=csv")]
    [InlineData("br", "?after=0&page_size=1000")]
    [InlineData("gzip, br;q=0.5", "?ordering=-value")]
    public async Task A_list_decodes_to_the_bytes_it_has_without_compression(string accepted, string query)
    {
        var site = await SiteWithManyAsync(1500);
        var plain = await site.GetByteArrayAsync(Certificates + query);

        using var request = new HttpRequestMessage(HttpMethod.Get, Certificates + query);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await site.SendAsync(request);
        var encoding = Assert.Single(response.Content.Headers.ContentEncoding);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream decoder = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var decoded = new MemoryStream();
        await decoder.CopyToAsync(decoded);

        Assert.Contains(encoding, accepted, StringComparison.Ordinal);
        Assert.Equal(plain, decoded.ToArray());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Fact]
    public async Task What_is_short_or_has_an_ETag_is_not_compressed()
    {
        var site = await SiteWithManyAsync(3);

        Assert.Null((await site.FetchAsync(Certificates + "1", ("Accept-Encoding", "gzip, br"))).Header("Content-Encoding"));
        Assert.Null((await site.FetchAsync(Certificates + "?page=1", ("Accept-Encoding", "gzip, br"))).Header("Content-Encoding"));
        Assert.Null((await site.FetchAsync(Certificates, ("Accept-Encoding", "identity"))).Header("Content-Encoding"));
    }

    private async Task<HttpClient> SiteWithManyAsync(int count)
    {
        var site = await scrip.OpenSiteAsync();
        var created = await site.CreateAsync($"[{string.Join(',', Enumerable.Range(1, count).Select(at => $$"""{"code":"Подарок-{{at}}","value":{{at}}}"""))}]");
        Assert.Equal(201, created.Status);
        return site;
    }
}
