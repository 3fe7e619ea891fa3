using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A body is accepted as JSON in UTF-8 only if its Content-Type says so.</summary>
public sealed class ContentTypeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json; charset=utf-8; profile=x")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=UTF8")]
    [InlineData("application/json; charset=\"utf8\"")]
    [InlineData("application/json;charset=us-ascii")]
    [InlineData("application/json; Charset=\"US-ASCII\"")]
    public async Task JSON_in_UTF8_is_taken(string contentType)
    {
        var site = await scrip.OpenSiteAsync();

        Assert.Equal(201, (await SendAsync(site, "POST", BulkCreate, contentType)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/problem+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=windows-1251")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("application/json; charset=utf-8; charset=utf-16")]
    [InlineData("application/json; charset=utf-8; charset=utf-8")]
    [InlineData("application/json; charset=utf-8; Charset=\"utf-8\"")]
    [InlineData("application/json; profile=x; profile=y")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; charset=utf-8, application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("*/*")]
    [InlineData("json")]
    public async Task Anything_else_is_refused_and_told_what_is_taken(string? contentType)
    {
        var site = await scrip.OpenSiteAsync();

        foreach (var (method, path) in new[] { ("POST", BulkCreate), ("PUT", BulkUpdate), ("PUT", Certificates + "1/") })
        {
            var answer = await SendAsync(site, method, path, contentType);
            answer.ExpectProblem(415, "unsupported-media-type");
            Assert.Equal("application/json", answer.Header("Accept"));
        }
        foreach (var path in new[] { "/external/site/", "/external/api-token/" })
            (await SendAsync(scrip.Application.Client, "POST", path, contentType)).ExpectProblem(415, "unsupported-media-type");
        Assert.Equal("[]", await site.ListAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/merge-patch+json")]
    [InlineData("Application/Merge-Patch+JSON; charset=utf-8")]
    public async Task PATCH_takes_a_merge_patch_as_well(string contentType)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        Assert.Equal(200, (await SendAsync(site, "PATCH", Certificates + "1/", contentType, body: "{}")).Status);
        Assert.Equal(200, (await SendAsync(site, "PATCH", BulkUpdate, contentType, body: "[]")).Status);
        if (contentType.Contains("erge", StringComparison.Ordinal))
            Assert.Equal(415, (await SendAsync(site, "PUT", BulkUpdate, contentType, body: "[]")).Status);
        foreach (var path in new[] { Certificates + "1/", BulkUpdate })
        {
            var answer = await SendAsync(site, "PATCH", path, "application/json-patch+json", body: "[]");
            answer.ExpectProblem(415, "unsupported-media-type");
            Assert.Equal("application/json, application/merge-patch+json", answer.Header("Accept"));
            Assert.Equal("application/json, application/merge-patch+json", answer.Header("Accept-Patch"));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, identity")]
    [InlineData("nonsense")]
    public async Task A_body_in_another_encoding_is_refused_and_told_that_none_is_taken(string encoding)
    {
        var site = await scrip.OpenSiteAsync();

        foreach (var (client, method, path) in new[]
        {
            (site, "POST", BulkCreate), (site, "PUT", BulkUpdate), (site, "PUT", Certificates + "1/"),
            (scrip.Application.Client, "POST", "/external/site/"), (scrip.Application.Client, "POST", "/external/api-token/"),
        })
        {
            var answer = await SendAsync(client, method, path, "application/json", encoding);
            answer.ExpectProblem(415, "unsupported-media-type");
            Assert.Equal("identity", answer.Header("Accept-Encoding"));
            Assert.Null(answer.Header("Accept"));
            Assert.Equal("Send the body without Content-Encoding.", answer.Detail());
        }
        Assert.Equal("[]", await site.ListAsync());
    }

    [Fact]
    public async Task The_encoding_that_is_none_is_taken()
    {
        var site = await scrip.OpenSiteAsync();

        Assert.Equal(201, (await SendAsync(site, "POST", BulkCreate, "application/json", "Identity")).Status);
    }

    private static Task<Answer> SendAsync(
        HttpClient client, string method, string path, string? contentType, string? contentEncoding = null, string body = """[{"code":"A"}]""")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        if (contentEncoding is not null)
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding));
        return client.SendAsync(method, path, content);
    }
}
