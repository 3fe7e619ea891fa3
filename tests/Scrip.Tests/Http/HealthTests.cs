using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

public sealed class HealthTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("/health/live", """{"status":"live"}""")]
    [InlineData("/health/ready", """{"status":"ready"}""")]
    public async Task Anybody_may_ask_how_the_server_is(string path, string body)
    {
        using var stranger = scrip.Application.ClientWithoutToken();

        var answer = await stranger.FetchAsync(path);

        answer.Expect(200, body);
        Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
    }
}
