using System.Globalization;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Payments: their responses and refusals, in the order of the contract.</summary>
public sealed class RedeemTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task A_payment_spends_at_once_and_answers_the_redemption()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");

        var first = await shop.RedeemAsync("""{"code":"A","amount":"149.90","reference":"ORDER-1"}""");
        var second = await shop.RedeemAsync("""{"certificate_id":1,"reference":"Заказ 2"}""");

        Assert.Equal((201, "application/json", "no-store"), (first.Status, first.Header("Content-Type"), first.Header("Cache-Control")));
        Assert.Equal(
            """{"id":1,"certificate_id":1,"code":"A","reference":"ORDER-1","state":"captured","amount":"149.90","captured":"149.90","refunded":"0.00","balance":"350.10","created_at":"*","hold_expires_at":null}""",
            first.BodyWithoutCreation);
        Assert.Equal(201, second.Status);
        Assert.Equal(
            """{"id":2,"certificate_id":1,"code":"A","reference":"Заказ 2","state":"captured","amount":"350.10","captured":"350.10","refunded":"0.00","balance":"0.00","created_at":"*","hold_expires_at":null}""",
            second.BodyWithoutCreation);
        (await shop.FetchAsync(Certificates + "1?fields=value,balance,spent,held,version"))
            .Expect(200, """{"value":500,"balance":"0.00","spent":"500.00","held":"0.00","version":3}""");
    }

    [Fact]
    public async Task A_hold_sets_aside_until_its_end()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        var end = FromNow(TimeSpan.FromHours(3));

        var held = await shop.RedeemAsync($$"""{"code":"A","amount":100,"reference":"R","capture":false,"hold_expires_at":"{{end}}"}""");

        Assert.Equal(201, held.Status);
        Assert.Equal(
            $$"""{"id":1,"certificate_id":1,"code":"A","reference":"R","state":"held","amount":"100.00","captured":"0.00","refunded":"0.00","balance":"400.00","created_at":"*","hold_expires_at":"{{end}}"}""",
            held.BodyWithoutCreation);
        (await shop.FetchAsync(Certificates + "1?fields=balance,spent,held")).Expect(200, """{"balance":"400.00","spent":"0.00","held":"100.00"}""");
        var read = await shop.FetchAsync(Redemptions + "1");
        read.Expect(200, held.Body);
    }

    [Fact]
    public async Task A_hold_without_an_end_of_its_own_ends_seven_days_after_it_began()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");

        foreach (var end in new[] { "", ""","hold_expires_at":null""" })
        {
            var held = await shop.RedeemAsync($$"""{"code":"A","amount":1,"reference":"R{{end.Length}}","capture":false{{end}}}""");
            using var redemption = JsonDocument.Parse(held.Body);
            Assert.Equal(
                redemption.RootElement.GetProperty("created_at").GetDateTimeOffset().AddDays(7),
                redemption.RootElement.GetProperty("hold_expires_at").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task What_is_refused_says_why_in_the_first_words_that_hold()
    {
        var shop = await scrip.OpenShopAsync();
        var (past, future) = (FromNow(-TimeSpan.FromDays(1)), FromNow(TimeSpan.FromDays(1)));
        await shop.CreateAsync(
            $$"""
            [{"code":"OFF","value":5,"is_active":false,"starts_at":"{{future}}"},{"code":"SOON","value":0,"starts_at":"{{future}}"},
             {"code":"LATE","value":0,"expires_at":"{{past}}"},{"code":"EMPTY"},{"code":"LITTLE","value":5}]
            """);
        await shop.RedeemAsync("""{"code":"LITTLE","amount":"0.01","reference":"TAKEN"}""");
        var stored = await shop.ListAsync();
        (string Code, string Reference, string Refusal)[] refusals =
        [
            ("OFF", "R", """{"type":"/problems/inactive","title":"The certificate is not active.","status":409,"detail":"Nothing was stored.","trace_id":"*"}"""),
            ("SOON", "R", """{"type":"/problems/not-started","title":"The certificate cannot be spent yet.","status":409,"detail":"Nothing was stored.","trace_id":"*"}"""),
            ("LATE", "R", """{"type":"/problems/expired","title":"The certificate has expired.","status":409,"detail":"Nothing was stored.","trace_id":"*"}"""),
            ("EMPTY", "R", """{"type":"/problems/spent","title":"The certificate has no balance left.","status":409,"detail":"Nothing was stored.","trace_id":"*"}"""),
            ("LITTLE", "R", """{"type":"/problems/insufficient-balance","title":"Insufficient balance.","status":409,"detail":"4.99 is available; nothing was stored.","available":"4.99","trace_id":"*"}"""),
            ("LITTLE", "TAKEN", """{"type":"/problems/duplicate-reference","title":"The certificate already has a redemption with this reference.","status":409,"detail":"Redemption 1 has this reference; nothing was stored.","redemption_id":1,"trace_id":"*"}"""),
        ];
        foreach (var (code, reference, refusal) in refusals)
        {
            foreach (var capture in new[] { "true", "false" })
            {
                var answer = await shop.RedeemAsync($$"""{"code":"{{code}}","amount":"5.00","reference":"{{reference}}","capture":{{capture}}}""");
                Assert.Equal((409, refusal), (answer.Status, answer.BodyWithoutTrace));
                Assert.Equal(("application/problem+json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
            }
        }
        Assert.Equal(stored, await shop.ListAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_one_and_the_same_404()
    {
        var shop = await scrip.OpenShopAsync();
        var other = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5},{"code":"AMBI-GUOUS","value":5},{"code":"AMBIGUOUS-","value":5}]""");

        foreach (var which in new[] { "\"code\":\"B\"", "\"certificate_id\":4", "\"code\":\"ambiguous\"", "\"certificate_id\":9223372036854775807" })
            Assert404(await shop.RedeemAsync($$"""{{{which}},"amount":1,"reference":"R"}"""));
        foreach (var which in new[] { "\"code\":\"A\"", "\"certificate_id\":1" })
            Assert404(await other.RedeemAsync($$"""{{{which}},"amount":1,"reference":"R"}"""));

        static void Assert404(Answer answer) => Assert.Equal(
            (404, """{"type":"/problems/not-found","title":"Not found.","status":404,"detail":"The certificate was not found.","trace_id":"*"}"""),
            (answer.Status, answer.BodyWithoutTrace));
    }

    [Theory]
    [InlineData("CERT-001", 1)]
    [InlineData("cert 001", 1)]
    [InlineData("c-E-r-T\\u2013001", 1)]
    [InlineData("  CERT001\\t", 1)]
    [InlineData("\\u00a0cert\\u2003001", 1)]
    [InlineData("gift", 2)]
    [InlineData("GIFT", 3)]
    [InlineData("Gift", null)]
    [InlineData("GI-FT", null)]
    [InlineData("подарок1", 4)]
    [InlineData("CERT_001", null)]
    [InlineData("CERT-0011", null)]
    [InlineData("-", null)]
    public async Task A_code_is_taken_exactly_or_else_for_the_only_one_it_can_mean(string code, int? id)
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"CERT-001","value":5},{"code":"gift","value":5},{"code":"GIFT","value":5},{"code":"ПОДАРОК-1","value":5}]""");

        var paid = await shop.RedeemAsync($$"""{"code":"{{code}}","amount":1,"reference":"R"}""");
        var check = await shop.CheckAsync($$"""{"code":"{{code}}"}""");

        Assert.Equal(id is null ? (404, 404) : (201, 200), (paid.Status, check.Status));
        if (id is null)
            return;
        Assert.Contains($"\"certificate_id\":{id},", paid.Body, StringComparison.Ordinal);
        Assert.StartsWith($"{{\"id\":{id},", check.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "/code required", "/reference required")]
    [InlineData("""{"reference":"R"}""", "/code required")]
    [InlineData("""{"code":"A","certificate_id":1,"reference":"R"}""", "/certificate_id not_allowed")]
    [InlineData("""{"code":null,"reference":"R"}""", "/code wrong_type")]
    [InlineData("""{"code":1,"reference":"R"}""", "/code wrong_type")]
    [InlineData("""{"code":"","reference":"R"}""", "/code empty")]
    [InlineData("""{"code":"  ","reference":"R"}""", "/code empty")]
    [InlineData("""{"code":"\ud800","reference":"R"}""", "/code not_unicode")]
    [InlineData("""{"code":"A","reference":"R\ud800"}""", "/reference not_unicode")]
    [InlineData("""{"certificate_id":null,"reference":"R"}""", "/certificate_id wrong_type")]
    [InlineData("""{"certificate_id":"1","reference":"R"}""", "/certificate_id wrong_type")]
    [InlineData("""{"certificate_id":0,"reference":"R"}""", "/certificate_id out_of_range")]
    [InlineData("""{"certificate_id":1.5,"reference":"R"}""", "/certificate_id not_an_integer")]
    [InlineData("""{"certificate_id":9223372036854775808,"reference":"R"}""", "/certificate_id out_of_range")]
    [InlineData("""{"code":"A","reference":null}""", "/reference wrong_type")]
    [InlineData("""{"code":"A","reference":17}""", "/reference wrong_type")]
    [InlineData("""{"code":"A","reference":""}""", "/reference empty")]
    [InlineData("""{"code":"A","reference":" R"}""", "/reference outer_white_space")]
    [InlineData("""{"code":"A","reference":"R\n"}""", "/reference control_character")]
    [InlineData("""{"code":"A","reference":"R","capture":1}""", "/capture wrong_type")]
    [InlineData("""{"code":"A","reference":"R","capture":null}""", "/capture wrong_type")]
    [InlineData("""{"code":"A","reference":"R","capture":"false"}""", "/capture wrong_type")]
    [InlineData("""{"code":"A","reference":"R","price":1}""", "/price unknown_member")]
    [InlineData("""{"code":"A","reference":"R","reference":"S"}""", "/reference repeated_member")]
    [InlineData("""[{"code":"A","reference":"R"}]""", " wrong_type")]
    [InlineData("""{"code":"A","reference":"R"}}""", " not_json")]
    [InlineData("", " not_json")]
    public async Task A_body_that_is_no_payment_is_refused_with_everything_that_is_wrong(string body, params string[] errors)
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":5}]""");

        (await shop.RedeemAsync(body)).ExpectInvalid(errors);
        Assert.Equal("1", await shop.AttributeAsync(1, "version"));
    }

    [Fact]
    public async Task Where_less_will_do_a_payment_takes_the_balance_and_says_how_much_that_was()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":500,"single_use":true}]""");

        const string held = """{"certificate_id":1,"amount":"500.01","reference":"R","capture":false,"allow_partial":true}""";
        var taken = await shop.RedeemAsync(held, "held");
        Assert.Equal(201, taken.Status);
        Assert.Contains("\"state\":\"held\",\"amount\":\"500.00\"", taken.Body, StringComparison.Ordinal);
        (await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R2","allow_partial":true}""")).ExpectProblem(409, "spent");
        await shop.StepAsync(1, "release");
        var again = await shop.RedeemAsync(held, "held");
        Assert.Equal((taken.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        (await shop.RedeemAsync(held.Replace("true", "false", StringComparison.Ordinal), "held")).ExpectProblem(422, "idempotency-key-reused");

        (await shop.RedeemAsync("""{"code":"A","amount":501,"reference":"R2","allow_partial":false}""")).ExpectProblem(409, "insufficient-balance");
        Assert.Contains("\"amount\":\"499.00\"", (await shop.RedeemAsync("""{"code":"A","amount":499,"reference":"R2","allow_partial":true}""")).Body, StringComparison.Ordinal);
        Assert.Contains("\"amount\":\"1.00\"", (await shop.RedeemAsync("""{"code":"A","reference":"R3","allow_partial":true}""")).Body, StringComparison.Ordinal);
        Assert.Contains("\"amount\":\"500.00\"", (await shop.RedeemAsync("""{"code":"B","amount":600,"reference":"R","allow_partial":true}""")).Body, StringComparison.Ordinal);
        (await shop.FetchAsync(Liability + "?fields=captured,forfeited,outstanding"))
            .Expect(200, """{"captured":"1000.00","forfeited":"0.00","outstanding":"0.00"}""");
        foreach (var nonsense in new[] { "null", "1", "\"true\"" })
            (await shop.RedeemAsync($$"""{"code":"A","amount":1,"reference":"R4","allow_partial":{{nonsense}}}""")).ExpectInvalid("/allow_partial wrong_type");
    }

    [Fact]
    public async Task A_code_and_a_reference_have_their_lengths()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync($$"""[{"code":"{{new string('c', 255)}}","value":5}]""");

        (await shop.RedeemAsync($$"""{"code":"{{new string('c', 256)}}","reference":"R"}""")).ExpectInvalid("/code too_long");
        (await shop.RedeemAsync($$"""{"code":"C","reference":"{{new string('r', 101)}}"}""")).ExpectInvalid("/reference too_long");
        var gifts = string.Concat(Enumerable.Repeat("🎁", 100));
        Assert.Equal(201, (await shop.RedeemAsync($$"""{"code":"{{new string('C', 255)}}","reference":"{{gifts}}"}""")).Status);
        var big = await shop.RedeemAsync($$"""{"code":"C","reference":"R"{{new string(' ', 16 * 1024)}}}""");
        big.ExpectProblem(413, "too-large");
        (await shop.PostAsync(Redemptions + "?page=1", """{"code":"C","reference":"R"}""", Key("query"))).ExpectInvalid("?page unknown_parameter");
    }

    [Fact]
    public async Task A_hold_ends_in_the_future_and_within_31_days()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");

        foreach (var wrong in new[] { FromNow(-TimeSpan.FromSeconds(2)), FromNow(TimeSpan.FromDays(31) + TimeSpan.FromMinutes(1)), "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z" })
        {
            (await HoldAsync(wrong, "\"code\":\"A\"")).ExpectInvalid("/hold_expires_at out_of_range");
            // The value is checked before existence.
            (await HoldAsync(wrong, "\"code\":\"NONE\"")).ExpectInvalid("/hold_expires_at out_of_range");
        }
        foreach (var nonsense in new[] { "2026-12-31", "soon", "2026-12-31T12:00:00", "1800000000" })
            (await HoldAsync(nonsense, "\"code\":\"A\"")).ExpectInvalid("/hold_expires_at wrong_type");
        (await shop.RedeemAsync($$"""{"code":"A","reference":"R","hold_expires_at":"{{FromNow(TimeSpan.FromDays(1))}}"}"""))
            .ExpectInvalid("/hold_expires_at not_allowed");
        (await shop.RedeemAsync($$"""{"code":"A","reference":"R","capture":true,"hold_expires_at":"{{FromNow(-TimeSpan.FromDays(1))}}"}"""))
            .ExpectInvalid("/hold_expires_at not_allowed");
        Assert.Equal("1", await shop.AttributeAsync(1, "version"));

        Assert.Equal(201, (await HoldAsync(FromNow(TimeSpan.FromDays(31) - TimeSpan.FromMinutes(1)), "\"code\":\"A\"")).Status);
        var inMoldova = DateTimeOffset.UtcNow.AddHours(1).ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd'T'HH:mm:ss.1234567zzz", CultureInfo.InvariantCulture);
        var held = await HoldAsync(inMoldova, "\"code\":\"A\"");
        Assert.EndsWith(".123456Z\"}", held.Body, StringComparison.Ordinal);

        Task<Answer> HoldAsync(string end, string which) => shop.RedeemAsync(
            $$"""{{{which}},"amount":1,"reference":"{{end[^3..]}}","capture":false,"hold_expires_at":"{{end}}"}""");
    }
}
