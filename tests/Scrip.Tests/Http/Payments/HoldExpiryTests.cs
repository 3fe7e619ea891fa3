using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>A hold gives its amount back at the instant at which it runs out, as far as any response can tell.</summary>
public sealed class HoldExpiryTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Expired =
        "\"state\":\"expired\",\"amount\":\"400.00\",\"captured\":\"0.00\",\"refunded\":\"0.00\",\"balance\":\"500.00\"";

    private const string Ended =
        "\"kind\":\"hold_expired\",\"amount\":\"400.00\",\"balance_after\":\"500.00\",\"reference\":\"R\",\"detail\":null,\"actor\":\"clock\"";

    private const string IsOver = "\"detail\":\"The redemption is expired; nothing was stored.\"";

    /// <summary>Calls to a shop whose only hold, of 400 of 500, has just run out, with what their responses must contain.</summary>
    private static readonly (string Name, Func<HttpClient, Task<Answer>> Ask, int Status, string Says)[] Answers =
    [
        ("a certificate", shop => shop.FetchAsync(Certificates + "1?fields=balance,held,version"), 200, """{"balance":"500.00","held":"0.00","version":3}"""),
        ("a list", shop => shop.FetchAsync(Certificates + "?fields=balance,held&code=A"), 200, """[{"balance":"500.00","held":"0.00"}]"""),
        ("a page", shop => shop.FetchAsync(Certificates + "?fields=version&page=1&code=A"), 200, """[{"version":3}]"""),
        ("a list by change", shop => shop.FetchAsync(Certificates + "?fields=id&code=A&updated_after=" + FromNow(-TimeSpan.FromSeconds(1))), 200, """[{"id":1}]"""),
        ("a list in the order of changes", shop => shop.FetchAsync(Certificates + "?fields=id&ordering=updated_at"), 200, """[{"id":2},{"id":1}]"""),
        ("a redemption", shop => shop.FetchAsync(Redemptions + "1"), 200, Expired),
        ("redemptions", shop => shop.FetchAsync(Redemptions), 200, Expired),
        ("redemptions of a state", shop => shop.FetchAsync(Redemptions + "?state=expired"), 200, Expired),
        ("redemptions of the other state", shop => shop.FetchAsync(Redemptions + "?state=held"), 200, "[]"),
        ("a timeline", shop => shop.FetchAsync(Certificates + "1/entry"), 200, Ended),
        ("the journal", shop => shop.FetchAsync(Entries + "?kind=hold_expired"), 200, Ended),
        ("the liability", shop => shop.FetchAsync(Liability), 200, "\"outstanding\":\"500.00\",\"held\":\"0.00\""),
        ("a check", shop => shop.CheckAsync("""{"code":"A","amount":"500.00"}"""), 200, "\"balance\":\"500.00\",\"currency\":\"USD\",\"usable\":true"),
        ("a payment", shop => shop.RedeemAsync("""{"code":"A","amount":"500.00","reference":"S"}"""), 201, "\"captured\":\"500.00\""),
        ("a payment with its reference", shop => shop.RedeemAsync("""{"code":"A","amount":"1.00","reference":"R"}"""), 201, "\"captured\":\"1.00\""),
        ("a capture", shop => shop.StepAsync(1, "capture"), 409, IsOver),
        ("a release", shop => shop.StepAsync(1, "release"), 409, IsOver),
        ("a lower face value", shop => shop.PutAsync(Certificates + "1", """{"code":"A","value":1}"""), 200, "\"value\":1}"),
        ("an entity tag", shop => shop.FetchAsync(Certificates + "1", ("If-None-Match", "\"2\"")), 200, """{"id":1,"code":"A","is_active":true,"value":500}"""),
        ("a change by entity tag", ChangeByTagAsync, 200, """{"id":1,"code":"A2","is_active":true,"value":500}"""),
    ];

    [Fact]
    public async Task Every_answer_from_that_instant_on_knows_it()
    {
        var (shops, end) = await HoldAsync();
        while (DateTimeOffset.UtcNow <= end)
            await Task.Delay(1);

        var answers = await Task.WhenAll(Answers.Zip(shops, (answer, shop) => answer.Ask(shop)));

        Assert.Equal("", string.Join('\n', Answers.Zip(answers)
            .Where(pair => pair.Second.Status != pair.First.Status || !pair.Second.Body.Contains(pair.First.Says, StringComparison.Ordinal))
            .Select(pair => $"{pair.First.Name}: {pair.Second.Status} {pair.Second.Body}")));
    }

    [Fact]
    public async Task The_entry_is_dated_at_that_instant_and_not_when_somebody_asked()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        var end = DateTimeOffset.UtcNow.AddSeconds(1);
        await shop.RedeemAsync(Hold("A", end));
        await Task.Delay(end - DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1.2));

        (await shop.FetchAsync(Entries + "?kind=hold_expired&fields=id,created_at")).Expect(200, $$"""[{"id":3,"created_at":"{{Text(end)}}"}]""");
        Assert.Contains("\"held\":\"400.00\"", (await shop.FetchAsync($"{Liability}?as_of={Text(end.AddMicroseconds(-1))}")).Body, StringComparison.Ordinal);
        Assert.Contains("\"held\":\"0.00\"", (await shop.FetchAsync($"{Liability}?as_of={Text(end)}")).Body, StringComparison.Ordinal);

        static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task It_is_written_soon_though_nobody_asks()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        var store = scrip.Application.Services.GetRequiredService<IStore>();
        var site = (await store.ReadAccessAsync(CancellationToken.None)).Sites.Max(known => known.Id);
        Assert.Equal(201, (await shop.RedeemAsync(Hold("A", DateTimeOffset.UtcNow.AddSeconds(1)))).Status);
        Assert.Equal(1, await store.CountAsync(site, new RedemptionQuery(), CancellationToken.None));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await store.CountAsync(site, new RedemptionQuery { State = RedemptionState.Expired }, limit.Token) == 0)
            await Task.Delay(20, limit.Token);
        Assert.False(await store.HasOverdueHoldsAsync(site, DateTimeOffset.UtcNow, limit.Token));
    }

    /// <summary>Creates a shop for each call and returns when their holds end. All were seen open. A slow machine gets more time.</summary>
    private async Task<(List<HttpClient> Shops, DateTimeOffset End)> HoldAsync()
    {
        for (var seconds = 3; ; seconds *= 2)
        {
            var shops = new List<HttpClient>();
            foreach (var _ in Answers)
            {
                shops.Add(await scrip.OpenShopAsync());
                await shops[^1].CreateAsync("""[{"code":"A","value":500},{"code":"B"}]""");
            }
            var end = DateTimeOffset.UtcNow.AddSeconds(seconds);
            var made = await Task.WhenAll(shops.Select(shop => shop.RedeemAsync(Hold("A", end))));
            await Task.WhenAll(shops.Select(shop => shop.PutAsync(Certificates + "2", """{"code":"B2"}""")));
            var seen = await Task.WhenAll(shops.Select(shop => shop.FetchAsync(Redemptions + "1")));
            if (DateTimeOffset.UtcNow >= end)
                continue;
            Assert.All(made, held => Assert.Equal(201, held.Status));
            Assert.All(seen, held => Assert.Contains("\"state\":\"held\"", held.Body, StringComparison.Ordinal));
            return (shops, end);
        }
    }

    private static string Hold(string code, DateTimeOffset end) =>
        $$"""{"code":"{{code}}","amount":"400.00","reference":"R","capture":false,"hold_expires_at":"{{end:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""";

    private static async Task<Answer> ChangeByTagAsync(HttpClient shop)
    {
        var read = await shop.FetchAsync(Certificates + "1");
        return await shop.PutAsync(Certificates + "1", """{"code":"A2"}""", ("If-Match", read.Header("ETag")!));
    }
}
