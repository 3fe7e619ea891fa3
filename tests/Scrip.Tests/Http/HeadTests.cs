using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>RFC 9110, 9.3.2: HEAD responds like GET, without the body.</summary>
public sealed class HeadTests(HeadTests.FilledScrip filled) : IClassFixture<HeadTests.FilledScrip>
{
    /// <summary>How a body is sent, which HEAD may omit (RFC 9110, 8.6): in chunks, or not at all.</summary>
    private static readonly string[] OfTheConnection = ["Transfer-Encoding: chunked", "Content-Length: 0"];

    [Fact]
    public void Whatever_answers_GET_answers_HEAD() => Assert.All(
        filled.Application.Services.GetRequiredService<EndpointDataSource>().Endpoints,
        endpoint =>
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            Assert.Equal(methods.Contains("GET"), methods.Contains("HEAD"));
        });

    [Theory]
    [InlineData(Certificates)]
    [InlineData(Certificates + "?ordering=-value&fields=id")]
    [InlineData(Certificates + "?format=csv")]
    [InlineData(Certificates + "?format=xlsx&fields=id")]
    [InlineData(Certificates + "?format=pdf")]
    [InlineData(Certificates + "?page=1&page_size=10")]
    [InlineData(Certificates + "?after=0&page_size=10")]
    [InlineData(Certificates + "?page=0")]
    [InlineData(Certificates + "?nonsense=1")]
    [InlineData(Certificates + "1/")]
    [InlineData(Certificates + "1?fields=id,version")]
    [InlineData(Certificates + "1?fields=nonsense")]
    [InlineData(Certificates + "999999/")]
    [InlineData("/external/site/")]
    [InlineData("/external/api-token/")]
    [InlineData("/external/api-token/?site=nowhere")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/problems/not-found")]
    [InlineData("/problems/nonsense")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/nowhere")]
    public async Task HEAD_has_the_status_and_the_headers_of_GET_and_no_body(string path)
    {
        using var stranger = filled.Application.ClientWithoutToken();
        foreach (var client in new[] { filled.Application.Client, stranger })
        {
            foreach (var (name, value) in new[] { ("Accept-Encoding", "identity"), ("Accept-Encoding", "br"), ("If-None-Match", "\"1\"") })
            {
                var get = await client.FetchAsync(path, (name, value));
                var head = await client.CallAsync("HEAD", path, null, (name, value));

                head.Expect(get.Status, "");
                Assert.Equal(HeadersOf(get), HeadersOf(head));
            }
        }
    }

    /// <summary>
    /// Only on SQLite, because it breaks pages of the file. A walk would meet the broken page, and break the connection or respond with
    /// 503.
    /// </summary>
    [Theory]
    [Trait("Database", "SQLite")]
    [InlineData("")]
    [InlineData("?ordering=-code")]
    [InlineData("?search=nowhere")]
    public async Task HEAD_of_the_whole_list_does_not_walk_it(string query)
    {
        await using var scrip = await ScripApplication.StartAsync();
        Assert.Equal(201, (await scrip.Client.CreateAsync(FilledScrip.Many)).Status);
        await scrip.RestartAsync(whileStopped: () => BrokenPages.Break(scrip.DataFolder, "CODE-00300", "CODE-00301"));

        (await scrip.Client.CallAsync("HEAD", Certificates + query, null)).Expect(200, "");
    }

    private static IEnumerable<string> HeadersOf(Answer answer) => answer.Headers
        .Where(header => header.Key != "Date")
        .Select(header => $"{header.Key}: {header.Value}")
        .Except(OfTheConnection)
        .Order(StringComparer.Ordinal);

    /// <summary>A server with a list that is long enough to be compressed.</summary>
    public sealed class FilledScrip : IAsyncLifetime
    {
        private ScripApplication? application;

        public static string Many { get; } =
            $"[{string.Join(',', Enumerable.Range(1, 400).Select(at => $$"""{"code":"CODE-{{at:00000}}"}"""))}]";

        public ScripApplication Application => application!;

        public async Task InitializeAsync()
        {
            application = await ScripApplication.StartAsync();
            Assert.Equal(201, (await application.Client.CreateAsync(Many)).Status);
        }

        public async Task DisposeAsync() => await Application.DisposeAsync();
    }
}
