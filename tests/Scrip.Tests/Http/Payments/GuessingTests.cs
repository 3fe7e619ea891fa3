using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Codes that name nothing use up a budget, of the token and of the address; then right and wrong codes get one answer.</summary>
public sealed class GuessingTests
{
    private const string Refusal =
        """{"type":"/problems/rate-limited","title":"Too many requests.","status":429,"detail":"Too many codes that name no certificate came from this caller. Nothing was looked up or stored.","trace_id":"*"}""";

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

        // Every fifth is right: it costs nothing, and gets its answer as long as there is a budget.
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
    public async Task A_token_and_an_address_each_have_a_budget()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "2"));
        var guesser = (await SharedScrip.CreateTokenAsync(scrip.Client, "default", "redemptions:write")).Text;
        var other = (await SharedScrip.CreateTokenAsync(scrip.Client, "default", "redemptions:write")).Text;
        using var here = From(scrip, IPAddress.Parse("127.0.0.2"));
        using var there = From(scrip, IPAddress.Parse("127.0.0.3"));
        Assert.Equal(404, await CheckAsync(here, guesser, "GUESS"));
        Assert.Equal(404, await CheckAsync(here, guesser, "GUESS"));

        // The same token elsewhere, another token here, and another token elsewhere.
        Assert.Equal(429, await CheckAsync(there, guesser, "A"));
        Assert.Equal(429, await CheckAsync(here, other, "A"));
        Assert.Equal(200, await CheckAsync(there, other, "A"));

        static async Task<int> CheckAsync(HttpClient client, string token, string code) =>
            (await client.PostAsync(Check, $$"""{"code":"{{code}}"}""", ("API-Token", token))).Status;
    }

    [Fact]
    public async Task A_refused_payment_is_not_remembered_under_its_key()
    {
        await using var scrip = await StartAsync(("MaxCodeMissesPerMinute", "1"));
        const string payment = """{"code":"A","amount":1,"reference":"R"}""";
        Assert.Equal(404, (await scrip.Client.CheckAsync("""{"code":"GUESS"}""")).Status);
        Assert.Equal(429, (await scrip.Client.RedeemAsync(payment, "later")).Status);

        // The budgets are in memory: this stands for the minute that one would have to wait.
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

        // Another request under the key is told that alone, of a right code as of a wrong one; without a record the budget counts.
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

    /// <summary>Every address of 127.0.0.0/8 is this machine's.</summary>
    private static HttpClient From(ScripApplication scrip, IPAddress address) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = scrip.Address,
    };
}
