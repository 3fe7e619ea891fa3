using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A body is taken as JSON in UTF-8 only where it says that it is.</summary>
public sealed class ContentTypeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json; charset=utf-8; profile=x")]
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

    private static Task<Answer> SendAsync(HttpClient client, string method, string path, string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""[{"code":"A"}]"""));
        if (contentType is not null)
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        return client.SendAsync(method, path, content);
    }
}
