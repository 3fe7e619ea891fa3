using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>Whose word about a caller's address counts: here misses of codes are counted by it.</summary>
public sealed class TrustedProxyTests
{
    private const string Check = "/external/payment-certificate/check/";
    private const string WrongCode = """{"code":"NO-SUCH-CODE"}""";

    [Fact]
    public async Task Callers_behind_a_trusted_proxy_have_budgets_of_their_own()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxCodeMissesPerMinute", "2"), ("TrustedProxies", "127.0.0.0/8, ::1"));
        using var first = await ClientOfAsync(scrip, "203.0.113.1");
        using var second = await ClientOfAsync(scrip, "203.0.113.2");
        using var alsoFirst = await ClientOfAsync(scrip, "203.0.113.1");

        Assert.Equal("404, 404, 429", await MissesAsync(first, 3));
        Assert.Equal("404, 404, 429", await MissesAsync(second, 3));
        Assert.Equal("429", await MissesAsync(alsoFirst, 1));
    }

    [Fact]
    public async Task What_anybody_else_says_of_its_address_is_not_believed()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxCodeMissesPerMinute", "2"), ("TrustedProxies", "10.0.0.0/8"));
        using var first = await ClientOfAsync(scrip, "203.0.113.1");
        using var second = await ClientOfAsync(scrip, "203.0.113.2");

        Assert.Equal("404, 404, 429", await MissesAsync(first, 3));
        Assert.Equal("429", await MissesAsync(second, 1));
    }

    /// <summary>Each with a token of its own, so that it is the address that is counted.</summary>
    private static async Task<HttpClient> ClientOfAsync(ScripApplication scrip, string address)
    {
        var (_, token) = await SharedScrip.CreateTokenAsync(scrip.Client, "default", "redemptions:write");
        var client = scrip.ClientWith(token);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    private static async Task<string> MissesAsync(HttpClient client, int count)
    {
        var statuses = new List<int>();
        for (var sent = 0; sent < count; sent++)
            statuses.Add((await client.PostAsync(Check, WrongCode)).Status);
        return string.Join(", ", statuses);
    }
}
