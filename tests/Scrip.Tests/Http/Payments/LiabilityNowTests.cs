using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>What the shop owes at this moment.</summary>
public sealed class LiabilityNowTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("JPY", "500", "30", "7", "0")]
    [InlineData("USD", "500.00", "30.00", "7.00", "0.00")]
    [InlineData("KWD", "500.000", "30.000", "7.000", "0.000")]
    public async Task Amounts_have_the_digits_of_the_currency(string currency, string issued, string captured, string held, string none)
    {
        var shop = await scrip.OpenShopAsync(currency);
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        await shop.RedeemAsync("""{"code":"A","amount":30,"reference":"R1"}""");
        await shop.RedeemAsync("""{"code":"A","amount":7,"reference":"R2","capture":false}""");

        using var report = JsonDocument.Parse((await shop.FetchAsync(Liability)).Body);
        Assert.Equal(
            (currency, issued, captured, held, none),
            (Text("currency"), Text("issued"), Text("captured"), Text("held"), Text("forfeited")));

        string? Text(string name) => report.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Fields_name_what_is_asked_for_in_the_report_s_own_order()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");

        (await shop.FetchAsync(Liability + "?fields=outstanding,currency")).Expect(200, """{"currency":"USD","outstanding":"500.00"}""");
        using var months = JsonDocument.Parse((await shop.FetchAsync(Liability + "?fields=months")).Body);
        var month = months.RootElement.EnumerateObject().Single().Value.EnumerateArray().Single();
        Assert.Equal(13, month.EnumerateObject().Count());
        Assert.Equal(
            "as_of", JsonDocument.Parse((await shop.FetchAsync(Liability + "?as_of=2020-01-31&fields=as_of")).Body).RootElement.EnumerateObject().Single().Name);
        var whole = await shop.FetchAsync(Liability + "?as_of=2020-01-31");
        whole.Expect(200, (await shop.FetchAsync(
            Liability + "?as_of=2020-01-31&fields=months,expired,not_started,inactive,held,outstanding,forfeited,refunded,captured,opening,adjusted,issued,"
            + "certificates,currency,as_of")).Body);

        foreach (var unknown in new[] { "", "outstanding,", "balance", "outstanding,total" })
            (await shop.FetchAsync($"{Liability}?fields={unknown}")).ExpectInvalid("?fields unknown_value");
        (await shop.FetchAsync(Liability + "?fields=held&fields=held")).ExpectInvalid("?fields repeated_parameter");
    }

    [Fact]
    public async Task What_is_inactive_and_expired_is_in_both()
    {
        var shop = await scrip.OpenShopAsync();
        var (past, future) = (FromNow(-TimeSpan.FromDays(1)), FromNow(TimeSpan.FromDays(1)));
        await shop.CreateAsync(
            $$"""[{"code":"A","value":1,"is_active":false,"expires_at":"{{past}}"},{"code":"B","value":2,"is_active":false,"starts_at":"{{future}}"},{"code":"C","value":4}]""");

        Assert.Contains(
            "\"outstanding\":\"7.00\",\"held\":\"0.00\",\"inactive\":\"3.00\",\"not_started\":\"2.00\",\"expired\":\"1.00\"",
            (await shop.FetchAsync(Liability)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_after_an_instant_does_not_change_its_report()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500,"is_active":false},{"code":"B","value":100}]""");
        await shop.RedeemAsync("""{"code":"B","amount":30,"reference":"R1","capture":false}""");
        var then = await shop.FetchAsync(Liability);
        var asOf = then.Body.Split('"')[3];
        await Task.Delay(5);

        await shop.CreateAsync("""[{"code":"C","value":900}]""");
        await shop.StepAsync(1, "capture");
        await shop.UpdateAsync("""[{"id":1,"code":"A2","is_active":true,"value":7,"starts_at":"2999-01-01"},{"id":2,"code":"B","single_use":true,"is_active":false}]""");
        await shop.UpdateAsync("""[{"id":1,"code":"A2","is_active":false,"starts_at":null},{"id":2,"code":"B","is_active":true,"expires_at":"2020-01-01"}]""");
        await shop.StepAsync(1, "refund");

        (await shop.FetchAsync($"{Liability}?as_of={asOf}")).Expect(200, then.Body);
        Assert.NotEqual(then.Body, (await shop.FetchAsync(Liability)).Body);
    }

    /// <summary>More minor units than a 64-bit number holds.</summary>
    [Fact]
    public async Task Ten_thousand_of_the_largest_certificates_are_added_up()
    {
        var shop = await scrip.OpenShopAsync("KWD");
        var certificates = Enumerable.Range(1, 10_000).Select(n => $$"""{"code":"C{{n}}","value":1000000000000}""");
        Assert.Equal(201, (await shop.CreateAsync($"[{string.Join(',', certificates)}]")).Status);

        Assert.Contains(
            "\"certificates\":10000,\"issued\":\"10000000000000000.000\",\"adjusted\":\"0.000\"",
            (await shop.FetchAsync(Liability)).Body, StringComparison.Ordinal);
    }
}
