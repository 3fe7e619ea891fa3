using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Requests a second of each token, if the operator sets a limit.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Beyond_the_limit_a_token_is_told_to_wait_and_others_are_not()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "5"));
        var (_, text) = await SharedScrip.CreateTokenAsync(scrip.Client, "default", "certificates:write");
        using var greedy = scrip.ClientWith(text);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(at => greedy.CreateAsync($$"""[{"code":"C{{at}}"}]""")));

        var refused = answers.Where(answer => answer.Status != 201).ToList();
        Assert.NotEmpty(refused);
        Assert.True(answers.Length - refused.Count >= 5);
        foreach (var answer in refused)
        {
            answer.ExpectProblem(429, "rate-limited");
            Assert.Equal("1", answer.Header("Retry-After"));
        }
        var list = await scrip.Client.FetchAsync(Certificates + "?page=1");
        list.Expect(200, list.Body);
        Assert.Equal($"{answers.Length - refused.Count}", list.Header("X-Total-Count"));
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        Assert.Equal(201, (await greedy.CreateAsync("""[{"code":"later"}]""")).Status);
    }

    [Theory]
    [InlineData(Certificates, 401)]
    [InlineData("/problems/not-found", 200)]
    [InlineData("/nowhere", 404)]
    public async Task Callers_without_a_good_token_share_what_their_address_may(string path, int status)
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "5"));
        using var guessing = scrip.ClientWith("a guess");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => guessing.FetchAsync(path)));

        Assert.Subset(new HashSet<int> { status, 429 }, answers.Select(answer => answer.Status).ToHashSet());
        Assert.NotInRange(answers.Count(answer => answer.Status == 429), 0, 9);
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates)).Status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Whoever_watches_the_process_may_ask_as_often_as_they_like(string path)
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "1"));
        using var stranger = scrip.ClientWithoutToken();

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => stranger.FetchAsync(path))))
            Assert.Equal(200, answer.Status);
    }
}
