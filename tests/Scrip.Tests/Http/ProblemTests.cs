using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Every error is a problem according to RFC 9457, and its type can be opened.</summary>
public sealed class ProblemTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task The_type_of_a_problem_opens_and_says_its_status()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"}]""", ("Idempotency-Key", "k"));
        using var stranger = scrip.Application.ClientWithoutToken();
        Answer[] problems =
        [
            await site.CreateAsync("x"),
            await stranger.FetchAsync(Certificates),
            await site.FetchAsync("/external/site/"),
            await site.FetchAsync(Certificates + "9"),
            await site.CallAsync("DELETE", Certificates, null),
            await site.CreateAsync("""[{"code":"A"}]"""),
            await site.PutAsync(Certificates + "1", """{"code":"A"}""", ("If-Match", "\"9\"")),
            await site.PutAsync(Certificates + "1", new string(' ', 70_000)),
            await site.SendAsync("POST", BulkCreate, content: null),
            await site.CreateAsync("[]", ("Idempotency-Key", "k")),
        ];

        Assert.Equal([400, 401, 403, 404, 405, 409, 412, 413, 415, 422], problems.Select(problem => problem.Status));
        foreach (var problem in problems)
        {
            problem.ExpectProblem(problem.Status, TypeOf(problem)["/problems/".Length..], [.. problem.Errors()]);
            Assert.Equal("no-store", problem.Header("Cache-Control"));
            var page = await stranger.FetchAsync(TypeOf(problem));
            Assert.Equal(200, page.Status);
            Assert.StartsWith($"{problem.Status} ", page.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Certificates + "?nonsense=1")]
    [InlineData(Certificates + "?page_size=0")]
    [InlineData(Certificates + "1?fields=nonsense")]
    [InlineData("/external/site/?nonsense=1")]
    [InlineData("/external/api-token/?site=nowhere")]
    public async Task What_stores_nothing_anyway_does_not_say_so(string path)
    {
        var answer = await scrip.Application.Client.FetchAsync(path);

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("stored", answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("rate-limited", "429")]
    [InlineData("request-timeout", "408")]
    [InlineData("uri-too-long", "414")]
    [InlineData("headers-too-large", "431")]
    [InlineData("http-version-not-supported", "505")]
    [InlineData("internal-error", "500")]
    [InlineData("unavailable", "503")]
    [InlineData("disk-full", "507")]
    public async Task The_rare_types_open_too(string name, string status) =>
        Assert.StartsWith(status + " ", (await scrip.Application.Client.FetchAsync("/problems/" + name)).Body, StringComparison.Ordinal);

    [Fact]
    public async Task The_trace_of_the_caller_is_the_trace_of_the_answer()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var site = await scrip.OpenSiteAsync();

        var answer = await site.FetchAsync(Certificates + "9", ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        Assert.Contains($"\"trace_id\":\"{trace}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_says_what_serves_it()
    {
        var site = await scrip.OpenSiteAsync();

        foreach (var path in new[] { Certificates, Certificates + "9", "/nowhere", "/health/live", "/docs/index.html", "/openapi/v1.json" })
        {
            var answer = await site.FetchAsync(path);
            Assert.Null(answer.Header("Server"));
            Assert.Null(answer.Header("X-Powered-By"));
        }
    }

    [Fact]
    public async Task A_code_or_a_token_is_never_in_a_problem()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"SECRET-CODE"},{"code":"B"}]""");

        Answer[] answers =
        [
            await site.CreateAsync("""[{"code":"SECRET-CODE"}]"""),
            await site.CreateAsync("""[{"code":"SECRET-CODE "}]"""),
            await site.UpdateAsync("""[{"id":2,"code":"SECRET-CODE"}]"""),
            await site.CreateAsync("""[{"code":"SECRET-CODE"},{"code":"SECRET-CODE"}]"""),
        ];

        foreach (var answer in answers)
        {
            Assert.True(answer.Status >= 400);
            Assert.DoesNotContain("SECRET-CODE", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hostile_id_is_echoed_as_text_that_JSON_can_hold()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.FetchAsync(Certificates + "%22%7D%0A%F0%9F%8E%81");

        answer.ExpectProblem(404, "not-found");
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer.Body));
        Assert.StartsWith("Certificate \"}\n", json.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string TypeOf(Answer problem)
    {
        using var json = JsonDocument.Parse(problem.Body);
        return json.RootElement.GetProperty("type").GetString()!;
    }
}
