using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Exactly once: a payment needs a key, and has one effect and one response under it, whatever happened since.</summary>
public sealed class PaymentKeyTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("", """{"code":"A","amount":1,"reference":"R9"}""")]
    [InlineData("1/capture/", null)]
    [InlineData("1/release/", null)]
    [InlineData("2/refund/", null)]
    [InlineData("99/refund/", "{}")]
    public async Task Without_a_key_nothing_happens(string call, string? body)
    {
        var shop = await OpenAsync();
        var stored = await StoredAsync(shop);

        var refused = await shop.CallAsync("POST", Redemptions + call, body);

        refused.ExpectInvalid();
        Assert.Equal("This call requires the header Idempotency-Key, so that a retry with the same key is safe. Nothing was stored.", refused.Detail());
        foreach (var none in new[] { "\"\"", "\"open", "tab\tinside", new string('k', 256) })
            (await shop.CallAsync("POST", Redemptions + call, body, Key(none))).ExpectInvalid();
        Assert.Equal(stored, await StoredAsync(shop));
    }

    [Fact]
    public async Task Every_payment_is_answered_again_byte_for_byte_whatever_happened_since()
    {
        var shop = await OpenAsync();
        (string Call, string? Body, int Status)[] payments =
        [
            ("", """{"code":"A","amount":"7.00","reference":"R7"}""", 201),
            ("", """{"code":"a","amount":"8.00","reference":"R8","capture":false}""", 201),
            ("4/capture/", """{"amount":"1.00","final":false}""", 200),
            ("4/capture/", null, 200),
            ("1/release/", null, 200),
            ("3/refund/", """{"amount":"0.50","reason":"broken"}""", 200),
            ("", """{"code":"A","amount":"7.00","reference":"R7"}""", 409),
            ("", """{"code":"A","amount":"9999.00","reference":"R10"}""", 409),
            ("", """{"code":"OFF","amount":"1.00","reference":"R"}""", 409),
            ("", """{"code":"SOON","amount":"1.00","reference":"R"}""", 409),
            ("", """{"code":"LATE","amount":"1.00","reference":"R"}""", 409),
            ("", """{"code":"EMPTY","amount":"1.00","reference":"R"}""", 409),
            ("1/capture/", null, 409),
            ("1/release/", "{}", 409),
            ("3/refund/", """{"amount":"6.51"}""", 409),
        ];
        var first = new List<Answer>();
        foreach (var (call, body, _) in payments)
            first.Add(await shop.CallAsync("POST", Redemptions + call, body, Key($"once-{first.Count}")));
        Assert.Equal(payments.Select(payment => payment.Status), first.Select(answer => answer.Status));
        Assert.All(first, answer => Assert.Null(answer.Header("Idempotent-Replayed")));

        // Now each of them would get a different response.
        var past = FromNow(-TimeSpan.FromDays(9));
        await shop.UpdateAsync(
            $$"""
            [{"id":1,"code":"GONE","value":100000},{"id":2,"code":"OFF","is_active":true},{"id":3,"code":"SOON","starts_at":"{{past}}"},
             {"id":4,"code":"LATE","expires_at":null},{"id":5,"code":"EMPTY","value":5}]
            """);
        await shop.StepAsync(3, "refund");
        var stored = await StoredAsync(shop);

        for (var at = 0; at < payments.Length; at++)
        {
            var replay = await shop.CallAsync("POST", (Redemptions + payments[at].Call).TrimEnd('/'), payments[at].Body, Key($"\"once-{at}\""));
            replay.Expect(first[at].Status, first[at].Body);
            Assert.Equal(first[at].Header("Content-Type"), replay.Header("Content-Type"));
            Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        }
        Assert.Equal(stored, await StoredAsync(shop));
    }

    [Fact]
    public async Task The_same_key_on_another_request_is_refused()
    {
        var shop = await OpenAsync();
        const string body = """{"certificate_id":1,"amount":"1.00","reference":"R9"}""";
        var first = await shop.RedeemAsync(body, "one");
        var stored = await StoredAsync(shop);

        foreach (var other in new[] { body.Replace("1.00", "1.01", StringComparison.Ordinal), body + " ", """{"code":"NONE","reference":"R9"}""" })
            (await shop.RedeemAsync(other, "one")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.StepAsync(1, "capture", body: null, "one")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.CreateAsync("[]", Key("one"))).ExpectProblem(422, "idempotency-key-reused");
        await shop.StepAsync(1, "capture", body: null, "two");
        (await shop.StepAsync(1, "release", body: null, "two")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.StepAsync(2, "capture", body: null, "two")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.StepAsync(1, "capture", "{ }", "two")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.RedeemAsync(body, "one")).Expect(201, first.Body);
        Assert.NotEqual(stored, await StoredAsync(shop));
    }

    [Theory]
    [InlineData("", """{"code":"A","amount":1,"reference":"R9"}""")]
    [InlineData("1/capture/", null)]
    [InlineData("1/release/", null)]
    [InlineData("2/refund/", null)]
    public async Task A_condition_that_no_payment_keeps_is_refused(string call, string? body)
    {
        var shop = await OpenAsync();
        var stored = await StoredAsync(shop);

        foreach (var header in new[] { ("If-Match", "\"1\""), ("If-Match", "*"), ("If-None-Match", "*"), ("If-None-Match", "\"9\"") })
        {
            var refused = await shop.CallAsync("POST", Redemptions + call, body, Key("conditional"), header);
            refused.ExpectInvalid();
            Assert.Contains(header.Item1, refused.Detail(), StringComparison.Ordinal);
        }
        Assert.Equal(stored, await StoredAsync(shop));
        Assert.Null((await shop.CallAsync("POST", Redemptions + call, body, Key("conditional"))).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task What_was_invalid_or_not_there_is_not_remembered()
    {
        var shop = await OpenAsync();

        (await shop.RedeemAsync("""{"code":"LATER","reference":""}""", "again")).ExpectInvalid("/reference empty");
        (await shop.RedeemAsync("""{"code":"A","reference":"X","capture":false,"hold_expires_at":"2020-01-01T00:00:00Z"}""", "again"))
            .ExpectInvalid("/hold_expires_at out_of_range");
        (await shop.RedeemAsync("""{"code":"LATER","reference":"X"}""", "again")).ExpectProblem(404, "not-found");
        (await shop.StepAsync(3, "refund", body: null, "again too")).ExpectProblem(404, "not-found");
        await shop.CreateAsync("""[{"code":"LATER","value":5}]""");

        var paid = await shop.RedeemAsync("""{"code":"LATER","reference":"X"}""", "again");
        Assert.Equal((201, null), (paid.Status, paid.Header("Idempotent-Replayed")));
        var refunded = await shop.StepAsync(3, "refund", body: null, "again too");
        Assert.Equal((200, null), (refunded.Status, refunded.Header("Idempotent-Replayed")));
    }

    [Fact]
    public async Task A_hold_is_answered_again_after_it_has_run_out()
    {
        var shop = await OpenAsync();
        var end = DateTimeOffset.UtcNow.AddSeconds(1.2);
        var body = $$"""{"code":"A","amount":1,"reference":"X","capture":false,"hold_expires_at":"{{end:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""";
        var first = await shop.RedeemAsync(body, "hold");
        Assert.Equal(201, first.Status);
        await Task.Delay(end - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(30));

        var replay = await shop.RedeemAsync(body, "hold");

        replay.Expect(201, first.Body);
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        (await shop.RedeemAsync(body, "another key")).ExpectInvalid("/hold_expires_at out_of_range");
        Assert.Contains("\"state\":\"expired\"", (await shop.FetchAsync(Redemptions + "3")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_each_token_s_own()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var till = await scrip.ClientForAsync(site, "certificates:write", "redemptions:write");
        var other = await scrip.ClientForAsync(site, "redemptions:write");
        await till.CreateAsync("""[{"code":"A","value":5}]""");

        Assert.Equal(201, (await till.RedeemAsync("""{"code":"A","amount":1,"reference":"R1"}""", "k")).Status);
        Assert.Equal(201, (await other.RedeemAsync("""{"code":"A","amount":1,"reference":"R2"}""", "k")).Status);
        (await other.RedeemAsync("""{"code":"A","amount":1,"reference":"R1"}""", "k")).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_replay_needs_the_scope_that_the_request_needed()
    {
        var site = await scrip.OpenNamedSiteAsync();
        var reader = await scrip.ClientForAsync(site, "certificates:read", "certificates:write", "reports:read");

        (await reader.RedeemAsync("""{"code":"A","amount":1,"reference":"R1"}""", "k")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task Answers_survive_a_restart()
    {
        await using var own = await ScripApplication.StartAsync();
        await own.Client.CreateAsync("""[{"code":"A","value":500},{"code":"B"}]""");
        var paid = await own.Client.RedeemAsync("""{"code":"A","amount":1,"reference":"R","capture":false}""", "paid");
        var spent = await own.Client.RedeemAsync("""{"code":"B","amount":1,"reference":"R"}""", "spent");
        var captured = await own.Client.StepAsync(1, "capture", body: null, "captured");
        Assert.Equal((201, 409, 200), (paid.Status, spent.Status, captured.Status));

        await own.RestartAsync();

        (await own.Client.RedeemAsync("""{"code":"A","amount":1,"reference":"R","capture":false}""", "paid")).Expect(201, paid.Body);
        (await own.Client.RedeemAsync("""{"code":"B","amount":1,"reference":"R"}""", "spent")).Expect(409, spent.Body);
        (await own.Client.StepAsync(1, "capture", body: null, "captured")).Expect(200, captured.Body);
        Assert.Equal("\"1.00\"", await own.Client.AttributeAsync(1, "spent"));
    }

    /// <summary>Certificate 1 (A) with a hold (1) and a payment (2), and four that cannot pay.</summary>
    private async Task<HttpClient> OpenAsync()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync(
            $$"""
            [{"code":"A","value":500},{"code":"OFF","value":5,"is_active":false},{"code":"SOON","value":5,"starts_at":"{{FromNow(TimeSpan.FromDays(1))}}"},
             {"code":"LATE","value":5,"expires_at":"{{FromNow(-TimeSpan.FromDays(1))}}"},{"code":"EMPTY"}]
            """);
        Assert.Equal(201, (await shop.RedeemAsync("""{"code":"A","amount":100,"reference":"R1","capture":false}""")).Status);
        Assert.Equal(201, (await shop.RedeemAsync("""{"code":"A","amount":50,"reference":"R2"}""")).Status);
        return shop;
    }

    private static async Task<string> StoredAsync(HttpClient shop) =>
        await shop.ListAsync() + (await shop.FetchAsync(Redemptions)).Body + (await shop.FetchAsync(Entries)).Body;
}
