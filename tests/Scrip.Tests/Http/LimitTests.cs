using System.Text;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>How large a call may be, and the response to a larger one.</summary>
public sealed class LimitTests(LimitTests.SmallScrip small) : IClassFixture<LimitTests.SmallScrip>
{
    private const int MaxBytes = 70_000;

    private HttpClient Client => small.Application.Client;

    [Fact]
    public async Task As_many_items_as_the_limit_are_taken_and_one_more_is_refused_with_the_limit()
    {
        Assert.Equal(201, (await Client.CreateAsync(Items("limit", 10))).Status);
        var before = await Client.ListAsync();

        var answer = await Client.CreateAsync(Items("over", 11));

        answer.ExpectProblem(413, "too-large");
        Assert.Equal("A call may have at most 10 items; nothing was stored.", answer.Detail());
        (await Client.UpdateAsync(Items("over", 11))).ExpectProblem(413, "too-large");
        Assert.Equal(before, await Client.ListAsync());
    }

    [Theory]
    [InlineData(BulkCreate, "POST", MaxBytes)]
    [InlineData(BulkUpdate, "PUT", MaxBytes)]
    [InlineData(Certificates + "1/", "PUT", 65_536)]
    [InlineData("/external/site/", "POST", 16_384)]
    [InlineData("/external/api-token/", "POST", 16_384)]
    [InlineData(Check, "POST", 16_384)]
    [InlineData(Redemptions, "POST", 16_384)]
    [InlineData(Redemptions + "1/capture/", "POST", 16_384)]
    [InlineData(Redemptions + "1/release/", "POST", 16_384)]
    [InlineData(Redemptions + "1/refund/", "POST", 16_384)]
    public async Task A_body_over_the_limit_is_refused_with_the_limit_whether_it_says_its_length_or_not(string path, string method, int limit)
    {
        foreach (var chunked in new[] { false, true })
        {
            foreach (var length in new[] { limit + 1, limit + 2, limit + 100_000 })
            {
                var answer = await SendAsync(method, path, new string(' ', length), chunked);

                answer.ExpectProblem(413, "too-large");
                Assert.Equal($"The body may have at most {limit} bytes; nothing was stored.", answer.Detail());
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_just_the_limit_is_read(bool chunked)
    {
        var code = chunked ? "chunked" : "whole";
        var body = $$"""[{"code":"{{code}}"}]""";

        Assert.Equal(201, (await SendAsync("POST", BulkCreate, body.PadRight(MaxBytes), chunked)).Status);
    }

    [Fact]
    public async Task A_length_that_no_body_can_have_is_refused_before_the_body_is_sent()
    {
        var answer = await RawHttp.ExchangeAsync(
            small.Application.Address,
            $"POST {BulkCreate} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripApplication.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(string method, string path, string body, bool chunked) => Client.SendAsync(
        method, path, JsonBytes(Encoding.UTF8.GetBytes(body)), chunked ? [("Transfer-Encoding", "chunked")] : []);

    private static string Items(string prefix, int count) =>
        $"[{string.Join(',', Enumerable.Range(1, count).Select(at => $$"""{"code":"{{prefix}}-{{at}}"}"""))}]";

    /// <summary>A server with limits that a test can reach.</summary>
    public sealed class SmallScrip : IAsyncLifetime
    {
        private ScripApplication? application;

        public ScripApplication Application => application!;

        public async Task InitializeAsync() =>
            application = await ScripApplication.StartAsync(("MaxBulkItems", "10"), ("MaxBulkBytes", "70000"));

        public async Task DisposeAsync() => await Application.DisposeAsync();
    }
}
