using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Taking certificates as payment, over HTTP.</summary>
public sealed partial class RedemptionTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task An_order_is_checked_held_captured_and_partly_refunded()
    {
        var site = await OpenAsync("""[{"code":"CERT-001","value":500}]""");

        (await site.PostAsync(Check, """{"code":" cert 001 ","amount":"149.90"}""")).Expect(
            200,
            """{"id":1,"code":"CERT-001","is_active":true,"value":500,"balance":"500.00","currency":"USD","usable":true,"reason":null,"single_use":false,"expires_at":null}""");
        await ExpectAsync(
            201, "held", "0.00", "0.00", "350.10",
            Pay(site, "hold", """{"code":"CERT-001","amount":149.9,"reference":"ORDER-1","capture":false}"""));
        await ExpectAsync(200, "captured", "149.90", "0.00", "350.10", Step(site, 1, "capture", "capture"));
        await ExpectAsync(200, "captured", "149.90", "49.90", "400.00", Step(site, 1, "refund", "refund", """{"amount":"49.90"}"""));
        (await Step(site, 1, "refund", "too much", """{"amount":"100.01"}""")).ExpectProblem(409, "insufficient-balance");
        (await Step(site, 1, "release", "too late")).ExpectProblem(409, "hold-ended");
        (await site.FetchAsync(Certificates + "1/?fields=balance,spent,held")).Expect(
            200, """{"balance":"400.00","spent":"100.00","held":"0.00"}""");
        (await site.FetchAsync(Certificates + "1/entry/?fields=id,kind,amount,balance_after")).Expect(
            200,
            """[{"id":1,"kind":"issued","amount":"500.00","balance_after":"500.00"},"""
            + """{"id":2,"kind":"held","amount":"-149.90","balance_after":"350.10"},"""
            + """{"id":3,"kind":"captured","amount":"-149.90","balance_after":"350.10"},"""
            + """{"id":4,"kind":"refunded","amount":"49.90","balance_after":"400.00"}]""");
    }

    [Fact]
    public async Task Refusals_come_in_their_order_and_say_what_there_is()
    {
        var site = await OpenAsync(
            """
            [{"code":"A","value":10},{"code":"OFF","value":10,"is_active":false},{"code":"LATER","value":10,"starts_at":"2999-01-01"},
             {"code":"OVER","value":10,"expires_at":"2020-01-01"},{"code":"EMPTY"},{"code":"B-1"},{"code":"b1"}]
            """);

        (await Pay(site, "1", """{"code":"NONE","reference":"R"}""")).ExpectProblem(404, "not-found");
        (await Pay(site, "2", """{"code":"B 1","reference":"R"}""")).ExpectProblem(404, "not-found");
        (await Pay(site, "3", """{"code":"OFF","reference":"R"}""")).ExpectProblem(409, "inactive");
        (await Pay(site, "4", """{"code":"LATER","reference":"R"}""")).ExpectProblem(409, "not-started");
        (await Pay(site, "5", """{"code":"OVER","reference":"R"}""")).ExpectProblem(409, "expired");
        (await Pay(site, "6", """{"code":"EMPTY","reference":"R"}""")).ExpectProblem(409, "spent");
        var short1 = await Pay(site, "7", """{"code":"A","amount":"10.01","reference":"R"}""");
        short1.ExpectProblem(409, "insufficient-balance");
        Assert.Contains("\"available\":\"10.00\"", short1.Body, StringComparison.Ordinal);
        Assert.Equal(201, (await Pay(site, "8", """{"code":"A","reference":"R"}""")).Status);
        var second = await Pay(site, "9", """{"code":"A","reference":"R"}""");
        second.ExpectProblem(409, "duplicate-reference");
        Assert.Contains("\"redemption_id\":1", second.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0\"", "/amount out_of_range")]
    [InlineData("-1", "/amount out_of_range")]
    [InlineData("\"1.005\"", "/amount too_many_digits")]
    [InlineData("1.005", "/amount too_many_digits")]
    [InlineData("\"1e2\"", "/amount wrong_type")]
    [InlineData("null", "/amount wrong_type")]
    [InlineData("true", "/amount wrong_type")]
    [InlineData("1000000000000.01", "/amount out_of_range")]
    public async Task An_amount_that_is_none_is_named(string amount, string error)
    {
        var site = await OpenAsync("""[{"code":"A","value":10}]""");
        (await Pay(site, "k", $$"""{"code":"A","amount":{{amount}},"reference":"R"}""")).ExpectInvalid(error);
    }

    [Fact]
    public async Task A_payment_without_a_key_is_refused()
    {
        var site = await OpenAsync("""[{"code":"A","value":10}]""");
        (await site.PostAsync(Redemptions, """{"code":"A","reference":"R"}""")).ExpectProblem(400, "invalid-request");
        Assert.Equal("[]", (await site.FetchAsync(Redemptions)).Body);
    }

    [Fact]
    public async Task The_same_key_gets_the_same_bytes_whatever_happened_since_and_another_request_422()
    {
        var site = await OpenAsync("""[{"code":"A","value":10}]""");
        const string payment = """{"code":"A","amount":"4","reference":"R1"}""";
        const string tooMuch = """{"code":"A","amount":"7","reference":"R2"}""";
        var paid = await Pay(site, "paid", payment);
        var refused = await Pay(site, "refused", tooMuch);
        Assert.Equal((201, 409), (paid.Status, refused.Status));
        await site.PutAsync(Certificates + "1/", """{"code":"RENAMED","value":100,"is_active":false}""");

        var paidAgain = await Pay(site, "paid", payment);
        var refusedAgain = await Pay(site, "refused", tooMuch);

        Assert.Equal((201, paid.Body, "true"), (paidAgain.Status, paidAgain.Body, paidAgain.Header("Idempotent-Replayed")));
        Assert.Equal((409, refused.Body, "true"), (refusedAgain.Status, refusedAgain.Body, refusedAgain.Header("Idempotent-Replayed")));
        (await Pay(site, "paid", tooMuch)).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Of_200_payments_of_1_at_once_on_a_certificate_of_100_exactly_100_succeed()
    {
        var site = await OpenAsync("""[{"code":"A","value":100}]""");
        var answers = await Task.WhenAll(Enumerable.Range(1, 200).Select(n =>
            Pay(site, $"k{n}", $$"""{"certificate_id":1,"amount":"1.00","reference":"R{{n}}"}""")));

        Assert.Equal(100, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ExpectProblem(409, "spent"));
        var balances = answers.Where(answer => answer.Status == 201)
            .Select(answer => decimal.Parse(Balance().Match(answer.Body).Groups["amount"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 100).Select(left => (decimal)left), balances.Order());
        (await site.FetchAsync(Certificates + "1/?fields=balance,spent")).Expect(200, """{"balance":"0.00","spent":"100.00"}""");
    }

    [Fact]
    public async Task One_key_50_times_at_once_is_one_payment_and_one_answer()
    {
        var site = await OpenAsync("""[{"code":"A","value":100}]""");
        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(_ =>
            Pay(site, "one", """{"certificate_id":1,"amount":"1.00","reference":"R"}""")));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Body)).Distinct());
        Assert.Single(answers, answer => answer.Header("Idempotent-Replayed") is null);
        (await site.FetchAsync(Certificates + "1/?fields=balance,spent")).Expect(200, """{"balance":"99.00","spent":"1.00"}""");
    }

    [Fact]
    public async Task A_hold_that_has_run_out_is_over_for_every_answer()
    {
        var site = await OpenAsync("""[{"code":"A","value":10}]""");
        var until = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var held = await Pay(
            site, "hold", $$"""{"code":"A","reference":"R","capture":false,"hold_expires_at":"{{until:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""");
        Assert.Equal(201, held.Status);
        await Task.Delay(until - TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(20));

        (await site.FetchAsync(Certificates + "1/?fields=balance,held")).Expect(200, """{"balance":"10.00","held":"0.00"}""");
        (await site.FetchAsync(Redemptions + "1/?fields=state")).Expect(200, """{"state":"expired"}""");
        (await site.FetchAsync(Certificates + "1/entry/?fields=kind")).Expect(
            200, """[{"kind":"issued"},{"kind":"held"},{"kind":"hold_expired"}]""");
        (await Step(site, 1, "capture", "late")).ExpectProblem(409, "hold-ended");
    }

    [Fact]
    public async Task The_liability_at_a_past_instant_is_what_it_was()
    {
        var site = await OpenAsync("""[{"code":"A","value":100},{"code":"B","value":50,"single_use":true}]""");
        await Pay(site, "1", """{"code":"A","amount":"30","reference":"R"}""");
        var before = await site.FetchAsync(Liability);
        await Pay(site, "2", """{"code":"B","amount":"20","reference":"R"}""");
        await Step(site, 1, "refund", "3", """{"amount":"10"}""");
        await site.PutAsync(Certificates + "1/", """{"code":"A","is_active":false,"value":200}""");

        var asOf = AsOf().Match(before.Body).Groups["instant"].Value;
        (await site.FetchAsync($"{Liability}?as_of={asOf}")).Expect(200, before.Body);
        Assert.Contains(
            """
            "certificates":2,"issued":"150.00","adjusted":"100.00","opening":"0.00","captured":"50.00","refunded":"10.00","forfeited":"30.00",
            """.Trim() + "\"outstanding\":\"180.00\",\"held\":\"0.00\",\"inactive\":\"180.00\"",
            (await site.FetchAsync(Liability)).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_have_a_budget_and_then_right_and_wrong_codes_get_the_same_answer()
    {
        await using var guarded = await ScripApplication.StartAsync(("MaxCodeMissesPerMinute", "5"));
        await guarded.Client.CreateAsync("""[{"code":"A","value":10}]""");
        var guesses = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => guarded.Client.PostAsync(Check, $$"""{"code":"GUESS-{{n}}"}""")));

        Assert.Equal(5, guesses.Count(guess => guess.Status == 404));
        Assert.Equal(35, guesses.Count(guess => guess.Status == 429 && int.Parse(guess.Header("Retry-After")!, CultureInfo.InvariantCulture) > 0));
        (await guarded.Client.PostAsync(Check, """{"code":"A"}""")).ExpectProblem(429, "rate-limited");
        (await Pay(guarded.Client, "k", """{"code":"A","reference":"R"}""")).ExpectProblem(429, "rate-limited");
    }

    private async Task<HttpClient> OpenAsync(string certificates)
    {
        var name = await scrip.OpenNamedSiteAsync();
        var client = await scrip.ClientForAsync(
            name, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
        Assert.Equal(201, (await client.CreateAsync(certificates)).Status);
        return client;
    }

    private static Task<Answer> Pay(HttpClient site, string key, string body) => site.PostAsync(Redemptions, body, ("Idempotency-Key", key));

    private static Task<Answer> Step(HttpClient site, long id, string step, string key, string? body = null) => site.CallAsync(
        "POST", string.Create(CultureInfo.InvariantCulture, $"{Redemptions}{id}/{step}/"), body, ("Idempotency-Key", key));

    private static async Task ExpectAsync(
        int status, string state, string captured, string refunded, string balance, Task<Answer> call)
    {
        var answer = await call;
        Assert.True(status == answer.Status, answer.Body);
        Assert.Contains($"\"state\":\"{state}\",\"amount\":\"149.90\",\"captured\":\"{captured}\",\"refunded\":\"{refunded}\",\"balance\":\"{balance}\"", answer.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("\"balance\":\"(?<amount>[0-9.]+)\"")]
    private static partial Regex Balance();

    [GeneratedRegex("\"as_of\":\"(?<instant>[^\"]+)\"")]
    private static partial Regex AsOf();
}
