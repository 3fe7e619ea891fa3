using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>So many requests a second for each token, where the operator sets a limit.</summary>
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
}
