using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Unknown codes use up a budget; after that, right and wrong codes get the same response.</summary>
public sealed class GuessingTests
{
    private const string Refusal =
        """{"type":"/problems/rate-limited","title":"Too many requests.","status":429,"detail":"Too many codes that match no certificate came from this customer or token. Nothing was looked up or stored.","trace_id":"*"}""";

    [Fact]
    public async Task After_20_wrong_codes_right_and_wrong_ones_get_the_same_answer()
    {
        await using var scrip = await StartAsync();
        for (var hit = 0; hit < 30; hit++)
            Assert.Equal(200, (await scrip.Client.CheckAsync("""{"code":"a"}""")).Status);
        for (var miss = 0; miss < 20; miss++)
        {
            var guess = miss % 2 == 0
                ? await scrip.Client.CheckAsync($$"""{"code":"GUESS-{{miss}}"}""")
                : await scrip.Client.RedeemAsync($$"""{"code":"GUESS-{{miss}}","amount":1,"reference":"R"}""");
            Assert.Equal(404, guess.Status);
        }
        var stored = await scrip.Client.ListAsync();

        foreach (var code in new[] { "A", "GUESS" })
        {
            foreach (var refused in new[]
            {
                await scrip.Client.CheckAsync($$"""{"code":"{{code}}"}"""),
                await scrip.Client.RedeemAsync($$"""{"code":"{{code}}","amount":1,"reference":"R"}"""),
                await scrip.Client.RedeemAsync($$"""{"code":"{{code}}","amount":1,"reference":"R","capture":false}"""),
            })
            {
                Assert.Equal((429, Refusal), (refused.Status, refused.BodyWithoutTrace));
                Assert.Equal(("application/problem+json", "no-store"), (refused.Header("Content-Type"), refused.Header("Cache-Control")));
                Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
            }
        }
        Assert.Equal(stored, await scrip.Client.ListAsync());
    }

    [Fact]
    public async Task What_names_no_code_goes_on()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        Assert.Equal(201, (await scrip.Client.RedeemAsync("""{"code":"A","amount":1,"reference":"R1","capture":false}""")).Status);
        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS"}""")).Status);
        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);

        Assert.Equal(201, (await scrip.Client.RedeemAsync("""{"certificate_id":1,"amount":1,"reference":"R2"}""")).Status);
        Assert.Equal(404, (await scrip.Client.RedeemAsync("""{"certificate_id":99,"amount":1,"reference":"R3"}""")).Status);
        Assert.Equal(200, (await scrip.Client.StepAsync(1, "capture")).Status);
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates + "?code=GUESS")).Status);
    }

    [Fact]
    public async Task What_is_wrong_in_itself_is_no_guess()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        foreach (var body in new[] { """{"code":""}""", """{"code":"GUESS","amount":0}""", "{", """{"code":"GUESS","total":1}""" })
            Assert.Equal(400, (await scrip.Client.CheckAsync(body)).Status);
        Assert.Equal(400, (await scrip.Client.PostAsync(Redemptions, """{"code":"GUESS","reference":"R"}""")).Status);
        Assert.Equal(
            400, (await scrip.Client.RedeemAsync("""{"code":"GUESS","reference":"R","capture":false,"hold_expires_at":"2020-01-01T00:00:00Z"}""")).Status);
        Assert.Equal(200, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);
    }

    [Fact]
    public async Task A_code_that_may_mean_several_is_a_miss()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        await scrip.Client.CreateAsync("""[{"code":"GIFT"},{"code":"gift"}]""");

        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"Gift"}""")).Status);
        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"GIFT"}""")).Status);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(3)]
    public async Task However_many_guess_at_once_no_more_are_looked_up_than_the_budget_has(int budget)
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", budget.ToString(CultureInfo.InvariantCulture)));

        // Every fifth code is right: it costs nothing, and gets its response as long as there is a budget.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => n % 5 == 0
            ? scrip.Client.CheckAsync("""{"code":"A"}""")
            : n % 2 == 0
                ? scrip.Client.CheckAsync($$"""{"code":"GUESS-{{n}}"}""")
                : scrip.Client.RedeemAsync($$"""{"code":"GUESS-{{n}}","amount":1,"reference":"R{{n}}"}""")));

        Assert.Equal(budget, answers.Count(answer => answer.Status == 404));
        Assert.Subset(new HashSet<int> { 200, 404, 429 }, answers.Select(answer => answer.Status).ToHashSet());
        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);
    }

    [Fact]
    public async Task A_day_s_budget_is_told_in_seconds_too()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerDay", "2"));
        for (var miss = 0; miss < 2; miss++)
            Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS"}""")).Status);

        var refused = await scrip.Client.CheckAsync("""{"code":"A"}""");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 86_000, 86_400);
    }

    [Fact]
    public async Task One_tokens_misses_lock_out_no_other_token_behind_the_same_address()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "2"), ("MaxTokenCodeMissesPerMinute", "2"));
        await scrip.Client.PostAsync("/external/site/", """{"name":"second","currency":"MDL","time_zone":"UTC"}""");
        using var guesser = scrip.ClientWith((await SharedScrip.CreateTokenAsync(scrip.Client, "default", "redemptions:write")).Text);
        // The first token of the second site has the same id as the guesser, but in its own site.
        using var elsewhere = scrip.ClientWith((await SharedScrip.CreateTokenAsync(scrip.Client, "second", "redemptions:write")).Text);
        foreach (var status in new[] { 404, 404, 429 })
            Assert.Equal(status, (await guesser.CheckAsync("""{"code":"GUESS"}""")).Status);

        Assert.Equal(200, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);
        Assert.Equal(404, (await elsewhere.CheckAsync("""{"code":"A"}""")).Status);
        Assert.Equal(429, (await guesser.CheckAsync("""{"code":"A"}""")).Status);
    }

    [Fact]
    public async Task A_customer_who_mistypes_locks_out_nobody_else()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "2"));
        foreach (var body in new[] { """{"code":"GUESS","customer":"Анна"}""", """{"code":"GUESS","customer":"Анна","amount":1}""" })
            Assert.Equal(404, (await scrip.Client.CheckAsync(body)).Status);

        foreach (var code in new[] { "GUESS", "A" })
        {
            var refused = await scrip.Client.CheckAsync($$"""{"code":"{{code}}","customer":"Анна"}""");
            Assert.Equal((429, Refusal), (refused.Status, refused.BodyWithoutTrace));
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
            Assert.Equal(429, (await scrip.Client.RedeemAsync($$"""{"code":"{{code}}","customer":"Анна","amount":1,"reference":"R"}""")).Status);
        }
        foreach (var body in new[] { """{"code":"A","customer":"Bob"}""", """{"code":"A","customer":"АННА"}""", """{"code":"A"}""" })
            Assert.Equal(200, (await scrip.Client.CheckAsync(body)).Status);
        Assert.Equal(201, (await scrip.Client.RedeemAsync("""{"code":"A","customer":"Bob","amount":1,"reference":"R"}""")).Status);
    }

    [Fact]
    public async Task All_requests_without_a_customer_share_one_budget()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "2"));
        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS"}""")).Status);
        Assert.Equal(404, (await scrip.Client.RedeemAsync("""{"code":"GUESS","customer":null,"amount":1,"reference":"R"}""")).Status);

        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);
        Assert.Equal(200, (await scrip.Client.CheckAsync("""{"code":"A","customer":"Bob"}""")).Status);
    }

    [Fact]
    public async Task Made_up_customers_do_not_exceed_the_budget_of_the_token()
    {
        await using var scrip = await StartAsync(("MaxTokenCodeMissesPerMinute", "5"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => scrip.Client.CheckAsync($$"""{"code":"GUESS","customer":"made up {{n}}"}""")));

        Assert.Equal((5, 45), (answers.Count(answer => answer.Status == 404), answers.Count(answer => answer.Status == 429)));
        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"A","customer":"another"}""")).Status);
        Assert.Equal(429, (await scrip.Client.CheckAsync("""{"code":"A"}""")).Status);
    }

    [Fact]
    public async Task A_day_s_budget_of_the_token_is_told_in_seconds_too()
    {
        await using var scrip = await StartAsync(("MaxTokenCodeMissesPerDay", "2"));
        foreach (var customer in new[] { "a", "b" })
            Assert.Equal(404, (await scrip.Client.CheckAsync($$"""{"code":"GUESS","customer":"{{customer}}"}""")).Status);

        var refused = await scrip.Client.CheckAsync("""{"code":"A","customer":"c"}""");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 86_000, 86_400);
    }

    [Fact]
    public async Task A_customer_is_1_to_100_characters_of_text()
    {
        await using var scrip = await StartAsync();
        var longest = string.Concat(Enumerable.Repeat("ж", 100));
        Assert.Equal(200, (await scrip.Client.CheckAsync($$"""{"code":"A","customer":"{{longest}}"}""")).Status);
        foreach (var (customer, error) in new[] { ("\"\"", "empty"), ($"\"{longest}ж\"", "too_long"), ("5", "wrong_type"), ("\"a\\u0000\"", "control_character") })
        {
            (await scrip.Client.CheckAsync($$"""{"code":"A","customer":{{customer}}}""")).ExpectInvalid("/customer " + error);
            (await scrip.Client.RedeemAsync($$"""{"code":"A","reference":"R","customer":{{customer}}}""")).ExpectInvalid("/customer " + error);
        }
    }

    [Fact]
    public async Task A_retry_with_its_customer_replays_whatever_that_customer_has_missed_since()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        const string payment = """{"code":"A","amount":1,"reference":"R","customer":"Bob"}""";
        var paid = await scrip.Client.RedeemAsync(payment, "paid");
        Assert.Equal(201, paid.Status);
        Assert.DoesNotContain("Bob", paid.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS","customer":"Bob"}""")).Status);

        (await scrip.Client.RedeemAsync(payment, "paid")).Expect(201, paid.Body);
        (await scrip.Client.RedeemAsync(payment, "new")).ExpectProblem(429, "rate-limited");
        (await scrip.Client.RedeemAsync(payment.Replace("Bob", "Eve", StringComparison.Ordinal), "paid")).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refused_payment_is_not_remembered_under_its_key()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        const string payment = """{"code":"A","amount":1,"reference":"R"}""";
        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS"}""")).Status);
        Assert.Equal(429, (await scrip.Client.RedeemAsync(payment, "later")).Status);

        // The budgets are in memory, so a restart replaces waiting for a minute.
        await scrip.RestartAsync();
        var paid = await scrip.Client.RedeemAsync(payment, "later");
        Assert.Equal((201, null), (paid.Status, paid.Header("Idempotent-Replayed")));
    }

    [Fact]
    public async Task A_payment_that_is_remembered_is_answered_again_whatever_was_guessed_since()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        const string payment = """{"code":"A","amount":1,"reference":"R"}""";
        var paid = await scrip.Client.RedeemAsync(payment, "paid");
        var refused = await scrip.Client.RedeemAsync("""{"code":"A","amount":9999,"reference":"R2"}""", "refused");
        Assert.Equal((201, 409), (paid.Status, refused.Status));
        Assert.Equal(404, (await scrip.Client.RedeemAsync("""{"code":"GUESS","amount":1,"reference":"R"}""", "missed")).Status);

        var replay = (await scrip.Client.RedeemAsync(payment, "paid")).Expect(201, paid.Body);
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        Assert.Null(replay.Header("Retry-After"));
        (await scrip.Client.RedeemAsync("""{"code":"A","amount":9999,"reference":"R2"}""", "refused")).Expect(409, refused.Body);

        // Another request under the key gets the same 422 for right and wrong codes; without a record the budget counts.
        foreach (var code in new[] { "A", "GUESS" })
        {
            var other = $$"""{"code":"{{code}}","amount":2,"reference":"R3"}""";
            (await scrip.Client.RedeemAsync(other, "paid")).ExpectProblem(422, "idempotency-key-reused");
            (await scrip.Client.RedeemAsync(other, "missed")).ExpectProblem(429, "rate-limited");
            (await scrip.Client.RedeemAsync(other, "new")).ExpectProblem(429, "rate-limited");
        }
    }

    private static async Task<ScripApplication> StartAsync(params (string Name, string Value)[] settings)
    {
        var scrip = await ScripApplication.StartAsync(settings);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":500}]""")).Status);
        return scrip;
    }
}
