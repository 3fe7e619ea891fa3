using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>
/// A list that fails midway must not look like a shorter list. The failure is real: a page of the database file was overwritten while the
/// server was stopped, and SQLite finds it when the walk gets there.
/// </summary>
[Trait("Database", "SQLite")]
public sealed class BrokenListTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("gzip", "")]
    [InlineData("br", "")]
    [InlineData("", "?format=csv")]
    [InlineData("gzip", "?format=csv")]
    [InlineData("", "?format=xlsx")]
    public async Task A_list_that_fails_after_its_beginning_was_sent_breaks_the_connection(string accepted, string query)
    {
        await using var scrip = await WithBrokenPageAsync(certificates: 5000, brokenAt: 4000);

        // The reset may overtake the beginning, but a complete response must not arrive.
        var broken = await Assert.ThrowsAsync<HttpRequestException>(() => scrip.Client.FetchAsync(Certificates + query, ("Accept-Encoding", accepted)));

        Assert.IsAssignableFrom<IOException>(broken.InnerException);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "gzip")]
    [InlineData("", "br")]
    [InlineData("?format=csv", "")]
    [InlineData("?format=csv", "gzip")]
    [InlineData("?format=xlsx", "")]
    [InlineData("?page_size=500", "")]
    [InlineData("?after=0&page_size=500", "")]
    public async Task A_list_that_fails_before_anything_was_sent_is_a_problem_and_nothing_else(string query, string accepted)
    {
        await using var scrip = await WithBrokenPageAsync(certificates: 400, brokenAt: 300);

        var answer = await scrip.Client.FetchAsync(Certificates + query, ("Accept-Encoding", accepted));

        answer.ExpectProblem(503, "unavailable");
        Assert.Equal("1", answer.Header("Retry-After"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("Content-Disposition"));
        Assert.Equal("The database cannot be used at the moment. Try again.", answer.Detail());
        (await scrip.Client.FetchAsync(Certificates + "1")).Expect(200, """{"id":1,"code":"CODE-00001","is_active":true,"value":0}""");
    }

    private static async Task<ScripApplication> WithBrokenPageAsync(int certificates, int brokenAt)
    {
        var scrip = await ScripApplication.StartAsync();
        var created = await scrip.Client.CreateAsync($"[{string.Join(',', Enumerable.Range(1, certificates).Select(at => $$"""{"code":"{{Code(at)}}"}"""))}]");
        Assert.Equal(201, created.Status);
        await scrip.RestartAsync(whileStopped: () => BrokenPages.Break(scrip.DataFolder, Code(brokenAt), Code(brokenAt + 1)));
        return scrip;
    }

    private static string Code(int at) => $"CODE-{at:00000}";
}
