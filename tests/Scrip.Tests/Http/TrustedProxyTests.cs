using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>Which forwarding headers count: requests without a token are counted by their address.</summary>
public sealed class TrustedProxyTests
{
    private const int Requests = 40;

    [Fact]
    public async Task Callers_behind_a_trusted_proxy_are_counted_one_by_one()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "1"), ("TrustedProxies", "127.0.0.0/8, ::1"));

        Assert.All(await SendAsync(scrip, at => $"203.0.113.{at}"), status => Assert.Equal(200, status));
        Assert.Contains(429, await SendAsync(scrip, _ => "203.0.113.200"));
    }

    [Fact]
    public async Task What_anybody_else_says_of_its_address_is_not_believed()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxRequestsPerSecond", "1"), ("TrustedProxies", "10.0.0.0/8"));

        Assert.Contains(429, await SendAsync(scrip, at => $"203.0.113.{at}"));
    }

    /// <summary>Sends many requests at once, each as if from another address.</summary>
    private static async Task<int[]> SendAsync(ScripApplication scrip, Func<int, string> addressOf)
    {
        using var stranger = scrip.ClientWithoutToken();
        return await Task.WhenAll(Enumerable.Range(0, Requests).Select(async at =>
            (await stranger.FetchAsync("/problems/not-found", ("X-Forwarded-For", addressOf(at)))).Status));
    }
}
