using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Looks up codes, as a checkout does while the customer types.</summary>
public sealed class CheckTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task A_check_tells_what_there_is_and_whether_it_would_do()
    {
        var shop = await scrip.OpenShopAsync("MDL");
        await shop.CreateAsync("""[{"code":"A-1","value":500}]""");
        await shop.RedeemAsync("""{"code":"A-1","amount":"0.10","reference":"R"}""");
        await shop.RedeemAsync("""{"code":"A-1","amount":"0.20","reference":"S","capture":false}""");
        var stored = await shop.ListAsync();

        var check = await shop.CheckAsync("""{"code":" a1 "}""");

        check.Expect(
            200, """{"id":1,"code":"A-1","is_active":true,"value":500,"balance":"499.70","currency":"MDL","usable":true,"reason":null,"single_use":false,"expires_at":null}""");
        Assert.Equal(("application/json", "no-store"), (check.Header("Content-Type"), check.Header("Cache-Control")));
        Assert.Contains("\"usable\":true,\"reason\":null", (await shop.CheckAsync("""{"code":"A-1","amount":"499.70"}""")).Body, StringComparison.Ordinal);
        Assert.Contains("\"usable\":false,\"reason\":\"insufficient\"", (await shop.CheckAsync("""{"code":"A-1","amount":499.71}""")).Body, StringComparison.Ordinal);
        Assert.Equal(stored, await shop.ListAsync());
    }

    [Fact]
    public async Task A_check_tells_what_a_capture_would_forfeit_and_until_when_it_can_pay()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5,"single_use":true,"expires_at":"2099-12-31T22:00:00.5Z"}]""");

        (await shop.CheckAsync("""{"code":"A","amount":6}""")).Expect(
            200,
            """{"id":1,"code":"A","is_active":true,"value":5,"balance":"5.00","currency":"USD","usable":false,"reason":"insufficient","single_use":true,"expires_at":"2099-12-31T22:00:00.5Z"}""");
    }

    [Fact]
    public async Task Of_several_reasons_it_tells_the_first()
    {
        var shop = await scrip.OpenShopAsync();
        var (past, future) = (FromNow(-TimeSpan.FromDays(1)), FromNow(TimeSpan.FromDays(1)));
        await shop.CreateAsync(
            $$"""
            [{"code":"OFF","is_active":false,"starts_at":"{{future}}"},{"code":"SOON","starts_at":"{{future}}"},
             {"code":"LATE","expires_at":"{{past}}"},{"code":"EMPTY"},{"code":"ALLHELD","value":5},{"code":"LITTLE","value":5},
             {"code":"STARTED","value":5,"starts_at":"{{past}}","expires_at":"{{future}}"}]
            """);
        await shop.RedeemAsync("""{"code":"ALLHELD","reference":"R","capture":false}""");

        Assert.Equal(
            ["inactive", "not_started", "expired", "spent", "spent", "insufficient", "usable"],
            await Task.WhenAll(new[] { "OFF", "SOON", "LATE", "EMPTY", "ALLHELD", "LITTLE", "STARTED" }.Select(
                code => ReasonAsync(code, code == "STARTED" ? "5.00" : "5.01"))));
        Assert.Equal("usable", await ReasonAsync("LITTLE", "5.00"));

        async Task<string> ReasonAsync(string code, string amount)
        {
            var body = (await shop.CheckAsync($$"""{"code":"{{code}}","amount":"{{amount}}"}""")).Body;
            using var check = System.Text.Json.JsonDocument.Parse(body);
            var reason = check.RootElement.GetProperty("reason").GetString();
            Assert.Equal(reason is null, check.RootElement.GetProperty("usable").GetBoolean());
            return reason ?? "usable";
        }
    }

    [Fact]
    public async Task What_the_check_says_is_what_a_payment_then_gets()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync(
            $$"""[{"code":"A","value":1},{"code":"B","is_active":false},{"code":"C","starts_at":"{{FromNow(TimeSpan.FromDays(1))}}"},{"code":"D","expires_at":"{{FromNow(-TimeSpan.FromDays(1))}}"},{"code":"E"}]""");
        foreach (var (code, amount, reason, problem) in new[]
        {
            ("A", "1.01", "insufficient", "insufficient-balance"), ("B", "1", "inactive", "inactive"), ("C", "1", "not_started", "not-started"),
            ("D", "1", "expired", "expired"), ("E", "1", "spent", "spent"),
        })
        {
            Assert.Contains($"\"reason\":\"{reason}\"", (await shop.CheckAsync($$"""{"code":"{{code}}","amount":"{{amount}}"}""")).Body, StringComparison.Ordinal);
            (await shop.RedeemAsync($$"""{"code":"{{code}}","amount":"{{amount}}","reference":"R"}""")).ExpectProblem(409, problem);
        }
    }

    [Fact]
    public async Task An_unknown_code_and_that_of_another_site_are_one_and_the_same_404()
    {
        var shop = await scrip.OpenShopAsync();
        var other = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5},{"code":"GIFT","value":5},{"code":"gift","value":5}]""");

        foreach (var (client, code) in new[] { (shop, "B"), (shop, "Gift"), (other, "A") })
        {
            var missing = await client.CheckAsync($$"""{"code":"{{code}}"}""");
            Assert.Equal(
                (404, """{"type":"/problems/not-found","title":"Not found.","status":404,"detail":"The certificate was not found.","trace_id":"*"}"""),
                (missing.Status, missing.BodyWithoutTrace));
        }
    }

    [Theory]
    [InlineData("{}", "/code required")]
    [InlineData("""{"code":""}""", "/code empty")]
    [InlineData("""{"code":null}""", "/code wrong_type")]
    [InlineData("""{"code":"\ud800"}""", "/code not_unicode")]
    [InlineData("""{"code":"A\udc00B"}""", "/code not_unicode")]
    [InlineData("""{"code":"A","\ud800":1,"\udc00":1}""", " not_unicode", " not_unicode")]
    [InlineData("""{"code":"A","certificate_id":1}""", "/certificate_id unknown_member")]
    [InlineData("""{"code":"A","amount":null}""", "/amount wrong_type")]
    [InlineData("""{"code":"A","code":"A"}""", "/code repeated_member")]
    [InlineData("""["A"]""", " wrong_type")]
    public async Task A_check_of_something_else_is_refused(string body, params string[] errors)
    {
        var refused = (await (await scrip.OpenShopAsync()).CheckAsync(body)).ExpectInvalid(errors);
        Assert.Equal("The code was not checked.", refused.Detail());
    }

    [Fact]
    public async Task A_check_needs_no_key_and_is_no_write()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5},{"code":"B","value":5}]""");

        var first = await shop.PostAsync(Check, """{"code":"A"}""", Key("same"));
        var second = await shop.PostAsync(Check, """{"code":"B"}""", Key("same"));

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Null(second.Header("Idempotent-Replayed"));
        (await shop.PostAsync(Check + "?amount=1", """{"code":"A"}""")).ExpectInvalid("?amount unknown_parameter");
    }
}
