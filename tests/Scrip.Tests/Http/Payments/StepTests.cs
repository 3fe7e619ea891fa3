using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Capture, release and refund of a redemption.</summary>
public sealed class StepTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private readonly string end = FromNow(TimeSpan.FromDays(2));

    [Fact]
    public async Task A_hold_is_captured_wholly_without_a_body()
    {
        var shop = await OpenWithHoldAsync("100");

        var captured = await shop.StepAsync(1, "capture");

        Assert.Equal((200, "application/json", "no-store"), (captured.Status, captured.Header("Content-Type"), captured.Header("Cache-Control")));
        Assert.Equal(Redemption("captured", captured: "100.00", balance: "400.00"), captured.BodyWithoutCreation);
        (await shop.FetchAsync(Redemptions + "1/")).Expect(200, captured.Body);
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "100.00", held: "0.00");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" {\n} ")]
    [InlineData("""{"final":true}""")]
    [InlineData("""{"amount":"100.00","final":false}""")]
    public async Task An_empty_object_is_no_body_and_all_of_it_is_all_of_it(string body)
    {
        var shop = await OpenWithHoldAsync("100");

        Assert.Equal(Redemption("captured", captured: "100.00", balance: "400.00"), (await shop.StepAsync(1, "capture", body)).BodyWithoutCreation);
    }

    [Fact]
    public async Task A_hold_is_captured_in_parts_and_the_final_one_releases_the_rest()
    {
        var shop = await OpenWithHoldAsync("100");

        var first = await shop.StepAsync(1, "capture", """{"amount":"40.00","final":false}""");
        Assert.Equal((200, Redemption("held", captured: "40.00", balance: "400.00")), (first.Status, first.BodyWithoutCreation));
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "40.00", held: "60.00");

        Assert.Equal(Insufficient("60.00"), (await shop.StepAsync(1, "capture", """{"amount":"60.01"}""")).BodyWithoutTrace);
        Assert.Equal(Insufficient("60.00"), (await shop.StepAsync(1, "capture", """{"amount":"60.01","final":false}""")).BodyWithoutTrace);

        var last = await shop.StepAsync(1, "capture", """{"amount":"15.50"}""");
        Assert.Equal((200, Redemption("captured", captured: "55.50", balance: "444.50")), (last.Status, last.BodyWithoutCreation));
        await ExpectMoneyAsync(shop, balance: "444.50", spent: "55.50", held: "0.00");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task A_release_gives_back_what_is_still_held(string? body)
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.StepAsync(1, "capture", """{"amount":"40.00","final":false}""");

        var released = await shop.StepAsync(1, "release", body);

        Assert.Equal((200, Redemption("released", captured: "40.00", balance: "460.00")), (released.Status, released.BodyWithoutCreation));
        await ExpectMoneyAsync(shop, balance: "460.00", spent: "40.00", held: "0.00");
    }

    [Fact]
    public async Task A_hold_ends_once()
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.StepAsync(1, "release");
        await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R"}""");
        var stored = await shop.FetchAsync(Redemptions);

        foreach (var (id, state) in new[] { (1, "released"), (2, "captured") })
        {
            foreach (var step in new[] { "capture", "release" })
            {
                var refused = await shop.StepAsync(id, step);
                Assert.Equal(
                    (409, $$"""{"type":"/problems/hold-ended","title":"The hold has ended.","status":409,"detail":"The redemption is {{state}}; nothing was stored.","trace_id":"*"}"""),
                    (refused.Status, refused.BodyWithoutTrace));
            }
        }
        (await shop.FetchAsync(Redemptions)).Expect(200, stored.Body);
    }

    [Fact]
    public async Task A_refund_goes_back_in_parts_and_never_more_than_was_captured()
    {
        var shop = await OpenWithHoldAsync("100");
        Assert.Equal(Insufficient("0.00"), (await shop.StepAsync(1, "refund")).BodyWithoutTrace);
        Assert.Equal(Insufficient("0.00"), (await shop.StepAsync(1, "refund", """{"amount":"0.01"}""")).BodyWithoutTrace);
        await shop.StepAsync(1, "capture");

        var part = await shop.StepAsync(1, "refund", """{"amount":"30.00","reason":"Сломано \"a\""}""");
        Assert.Equal(
            (200, Redemption("captured", captured: "100.00", refunded: "30.00", balance: "430.00")), (part.Status, part.BodyWithoutCreation));
        Assert.Equal(Insufficient("70.00"), (await shop.StepAsync(1, "refund", """{"amount":"70.01"}""")).BodyWithoutTrace);
        var rest = await shop.StepAsync(1, "refund", """{"reason":null}""");
        Assert.Equal(Redemption("captured", captured: "100.00", refunded: "100.00", balance: "500.00"), rest.BodyWithoutCreation);
        Assert.Equal(Insufficient("0.00"), (await shop.StepAsync(1, "refund")).BodyWithoutTrace);
        await ExpectMoneyAsync(shop, balance: "500.00", spent: "0.00", held: "0.00");
    }

    [Fact]
    public async Task An_order_that_was_wholly_refunded_can_be_paid_again()
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.StepAsync(1, "capture", key: "capture");
        await shop.StepAsync(1, "refund", """{"amount":"99.99"}""");
        const string again = """{"code":"A","amount":"100.00","reference":"R"}""";
        (await shop.RedeemAsync(again, "too early")).ExpectProblem(409, "duplicate-reference");
        await shop.StepAsync(1, "refund");

        var paid = await shop.RedeemAsync(again, "again");
        Assert.Equal(201, paid.Status);
        Assert.StartsWith("{\"id\":2,", paid.Body, StringComparison.Ordinal);
        Assert.Contains("\"redemption_id\":2,", (await shop.RedeemAsync(again)).Body, StringComparison.Ordinal);
        // A response under a key never changes.
        (await shop.RedeemAsync(again, "too early")).ExpectProblem(409, "duplicate-reference");
        Assert.Equal(paid.Body, (await shop.RedeemAsync(again, "again")).Body);
        (await shop.StepAsync(1, "refund")).ExpectProblem(409, "insufficient-balance");
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "100.00", held: "0.00");
    }

    [Fact]
    public async Task Captures_and_refunds_happen_though_the_certificate_is_off_or_expired_and_it_stays_so()
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.PutAsync(Certificates + "1", $$"""{"code":"A2","is_active":false,"expires_at":"{{FromNow(-TimeSpan.FromHours(1))}}"}""");

        Assert.Equal(200, (await shop.StepAsync(1, "capture")).Status);
        var refunded = await shop.StepAsync(1, "refund", """{"amount":"5.00"}""");
        Assert.Contains("\"code\":\"A2\"", refunded.Body, StringComparison.Ordinal);
        await ExpectMoneyAsync(shop, balance: "405.00", spent: "95.00", held: "0.00");
        (await shop.RedeemAsync("""{"code":"A2","reference":"R2"}""")).ExpectProblem(409, "inactive");
        await shop.PutAsync(Certificates + "1", """{"code":"A2","is_active":true}""");
        (await shop.RedeemAsync("""{"code":"A2","reference":"R2"}""")).ExpectProblem(409, "expired");
    }

    [Fact]
    public async Task A_certificate_for_a_single_use_is_spent_by_its_first_capture()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500,"single_use":true}]""");

        await shop.RedeemAsync($$"""{"code":"A","amount":100,"reference":"R","capture":false,"hold_expires_at":"{{end}}"}""");
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "0.00", held: "100.00");
        var captured = await shop.StepAsync(1, "capture", """{"amount":"80.00"}""");
        Assert.Equal(Redemption("captured", captured: "80.00", balance: "0.00"), captured.BodyWithoutCreation);
        await ExpectMoneyAsync(shop, balance: "0.00", spent: "500.00", held: "0.00");
        (await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R2"}""")).ExpectProblem(409, "spent");
        Assert.Equal(Insufficient("80.00"), (await shop.StepAsync(1, "refund", """{"amount":"80.01"}""")).BodyWithoutTrace);
        await shop.StepAsync(1, "refund");
        await ExpectMoneyAsync(shop, balance: "80.00", spent: "420.00", held: "0.00");
    }

    [Fact]
    public async Task A_new_face_value_below_what_is_spent_and_held_is_refused()
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.RedeemAsync("""{"code":"A","amount":"0.50","reference":"R2"}""");

        var refused = await shop.PutAsync(Certificates + "1", """{"code":"A","value":100}""");
        refused.ExpectProblem(409, "conflict", "/value value_below_used");
        Assert.Contains("\"detail\":\"100.50 of the certificate is already spent or held.\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await shop.PutAsync(Certificates + "1", """{"code":"A","value":101}""")).Status);
        await ExpectMoneyAsync(shop, balance: "0.50", spent: "0.50", held: "100.00");
    }

    [Theory]
    [InlineData("capture", """{"amount":"1.00","final":"yes"}""", "/final wrong_type")]
    [InlineData("capture", """{"final":null}""", "/final wrong_type")]
    [InlineData("capture", """{"amount":"1.00","reason":"x"}""", "/reason unknown_member")]
    [InlineData("release", """{"amount":"1.00"}""", "/amount unknown_member")]
    [InlineData("release", "{", " not_json")]
    [InlineData("refund", """{"reason":""}""", "/reason empty")]
    [InlineData("refund", """{"reason":" x"}""", "/reason outer_white_space")]
    [InlineData("refund", """{"reason":5}""", "/reason wrong_type")]
    [InlineData("refund", """{"final":true}""", "/final unknown_member")]
    public async Task A_body_that_is_not_the_call_s_is_refused(string step, string body, params string[] errors)
    {
        var shop = await OpenWithHoldAsync("100");

        (await shop.StepAsync(1, step, body)).ExpectInvalid(errors);
        // The body is checked before existence.
        (await shop.StepAsync(9, step, body)).ExpectInvalid(errors);
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "0.00", held: "100.00");
    }

    [Theory]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Type: text/plain\r\nContent-Encoding: br\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n1\r\n \r\n0\r\n\r\n")]
    [InlineData("Content-Length: 4\r\n\r\n \t\r\n")]
    [InlineData("Content-Length: 3\r\nContent-Type: application/json\r\n\r\n\u00EF\u00BB\u00BF")]
    [InlineData("Content-Length: 2\r\nContent-Type: application/json\r\n\r\n[]")]
    [InlineData("Content-Length: 5\r\nContent-Type: application/json\r\n\r\n [ ]\n")]
    [InlineData("Content-Length: 4\r\nContent-Type: application/json\r\n\r\nnull")]
    [InlineData("Content-Length: 7\r\nContent-Type: application/json\r\n\r\n\u00EF\u00BB\u00BFnull")]
    [InlineData("Content-Length: 2\r\nContent-Type: application/json; charset=UTF8\r\n\r\n{}")]
    public async Task An_empty_body_is_an_empty_object_whatever_its_framing_and_type(string empty)
    {
        var shop = await OpenWithHoldAsync("100");
        Assert.Equal(201, (await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R2","capture":false}""")).Status);
        var token = shop.DefaultRequestHeaders.GetValues("API-Token").Single();

        foreach (var (id, step) in new[] { (1, "capture"), (2, "release"), (1, "refund") })
        {
            var answer = await RawHttp.ExchangeAsync(
                shop.BaseAddress!,
                $"POST {Redemptions}{id}/{step} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAPI-Token: {token}\r\nIdempotency-Key: {step}\r\n{empty}");
            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
            // It is the same request as one with an empty object.
            Assert.Equal("true", (await shop.StepAsync(id, step, "{}", step)).Header("Idempotent-Replayed"));
        }
        await ExpectMoneyAsync(shop, balance: "500.00", spent: "0.00", held: "0.00");
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{}", 415)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 415)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 415)]
    [InlineData("Content-Length: 4\r\n\r\nnull", 415)]
    [InlineData("Content-Length: 2\r\nContent-Type: application/json; charset=utf-16\r\n\r\n[]", 415)]
    [InlineData("Content-Length: 4\r\nContent-Type: application/json\r\n\r\n[{}]", 400)]
    [InlineData("Content-Length: 4\r\nContent-Type: application/json\r\n\r\nNULL", 400)]
    [InlineData("Content-Length: 6\r\nContent-Type: application/json\r\n\r\n[null]", 400)]
    [InlineData("Content-Length: 2\r\nContent-Type: application/json\r\n\r\n\"\"", 400)]
    [InlineData("Content-Length: 1\r\nContent-Type: application/json\r\n\r\n0", 400)]
    [InlineData("Content-Length: 4\r\nContent-Type: application/json\r\n\r\n[]{}", 400)]
    public async Task A_body_that_is_not_empty_must_be_JSON_and_say_so(string body, int status)
    {
        var shop = await OpenWithHoldAsync("100");
        var token = shop.DefaultRequestHeaders.GetValues("API-Token").Single();

        var answer = await RawHttp.ExchangeAsync(
            shop.BaseAddress!,
            $"POST {Redemptions}1/capture HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAPI-Token: {token}\r\nIdempotency-Key: k\r\n{body}");

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), answer, StringComparison.Ordinal);
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "0.00", held: "100.00");
    }

    [Fact]
    public async Task A_reason_has_200_characters_at_most()
    {
        var shop = await OpenWithHoldAsync("100");
        await shop.StepAsync(1, "capture");

        (await shop.StepAsync(1, "refund", $$"""{"reason":"{{new string('x', 201)}}"}""")).ExpectInvalid("/reason too_long");
        Assert.Equal(200, (await shop.StepAsync(1, "refund", $$"""{"reason":"{{new string('x', 200)}}"}""")).Status);
    }

    [Fact]
    public async Task A_redemption_that_is_not_there_is_one_and_the_same_404()
    {
        var shop = await OpenWithHoldAsync("100");
        var other = await scrip.OpenShopAsync();

        foreach (var step in new[] { "capture", "release", "refund" })
        {
            foreach (var (client, id) in new[] { (shop, "2"), (shop, "0"), (shop, "01"), (shop, "+1"), (shop, "one"), (shop, "99999999999999999999"), (other, "1") })
            {
                var missing = await client.PostAsync($"{Redemptions}{id}/{step}", "{}", Key($"{step} {id}"));
                Assert.Equal(
                    (404, """{"type":"/problems/not-found","title":"Not found.","status":404,"detail":"The redemption was not found.","trace_id":"*"}"""),
                    (missing.Status, missing.BodyWithoutTrace));
            }
        }
        await ExpectMoneyAsync(shop, balance: "400.00", spent: "0.00", held: "100.00");
    }

    private static string Insufficient(string available) =>
        $$"""{"type":"/problems/insufficient-balance","title":"Insufficient balance.","status":409,"detail":"{{available}} is available; nothing was stored.","available":"{{available}}","trace_id":"*"}""";

    private static async Task ExpectMoneyAsync(HttpClient shop, string balance, string spent, string held) =>
        (await shop.FetchAsync(Certificates + "1?fields=balance,spent,held"))
            .Expect(200, $$"""{"balance":"{{balance}}","spent":"{{spent}}","held":"{{held}}"}""");

    private string Redemption(string state, string captured, string balance, string refunded = "0.00") =>
        $$"""{"id":1,"certificate_id":1,"code":"A","reference":"R","state":"{{state}}","amount":"100.00","captured":"{{captured}}","refunded":"{{refunded}}","balance":"{{balance}}","created_at":"*","hold_expires_at":"{{end}}"}""";

    /// <summary>A certificate of 500 with a hold.</summary>
    private async Task<HttpClient> OpenWithHoldAsync(string amount)
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        var held = await shop.RedeemAsync($$"""{"code":"A","amount":{{amount}},"reference":"R","capture":false,"hold_expires_at":"{{end}}"}""");
        Assert.Equal(201, held.Status);
        return shop;
    }
}
