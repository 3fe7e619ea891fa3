using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Two processes of the executable on one PostgreSQL, with all calls at once. <c>SCRIP_TEST_ROUNDS</c> is how often, each time with new
/// certificates.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class TwoServersPaymentTests(TwoServersPaymentTests.Pair pair) : IClassFixture<TwoServersPaymentTests.Pair>
{
    private static readonly int Rounds =
        TestSettings.Rounds(byDefault: 3);

    [Fact]
    public async Task Of_200_payments_of_1_at_once_on_a_certificate_of_100_exactly_100_succeed()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await pair.CreateAsync(100);
            var answers = await pair.AtOnceAsync(200, (server, n) =>
                server.RedeemAsync($$"""{"certificate_id":{{id}},"amount":"1.00","reference":"R{{n}}"}""", $"pay {id} {n}"));

            Assert.Equal(100, answers.Count(answer => answer.Status == 201));
            Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ExpectProblem(409, "spent"));
            Assert.Equal(100, answers.Where(answer => answer.Status == 201).Select(answer => answer.Body).Distinct().Count());
            foreach (var server in pair.Servers)
            {
                (await server.FetchAsync($"{Certificates}{id}?fields=balance,spent,held,version"))
                    .Expect(200, """{"balance":"0.00","spent":"100.00","held":"0.00","version":101}""");
            }
        }
    }

    [Fact]
    public async Task One_key_50_times_at_once_is_one_payment_and_one_answer()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await pair.CreateAsync(100);
            var answers = await pair.AtOnceAsync(50, (server, _) =>
                server.RedeemAsync($$"""{"certificate_id":{{id}},"amount":"1.00","reference":"R"}""", $"one {id}"));

            Assert.Single(answers.Select(answer => (answer.Status, answer.Body)).Distinct());
            Assert.Equal(201, answers[0].Status);
            Assert.Single(answers, answer => answer.Header("Idempotent-Replayed") is null);
            (await pair.Servers[0].FetchAsync($"{Certificates}{id}?fields=spent,version")).Expect(200, """{"spent":"1.00","version":2}""");

            // All attempts get the same refusal too.
            var refusals = await pair.AtOnceAsync(50, (server, _) =>
                server.RedeemAsync($$"""{"certificate_id":{{id}},"amount":"99.01","reference":"S"}""", $"refused {id}"));
            Assert.Single(refusals.Select(answer => (answer.Status, answer.Body)).Distinct());
            refusals[0].ExpectProblem(409, "insufficient-balance");
        }
    }

    [Fact]
    public async Task A_reference_makes_one_redemption_however_many_ask()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await pair.CreateAsync(100);
            var answers = await pair.AtOnceAsync(50, (server, n) =>
                server.RedeemAsync($$"""{"certificate_id":{{id}},"amount":"1.00","reference":"R"}""", $"reference {id} {n}"));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ExpectProblem(409, "duplicate-reference"));
            (await pair.Servers[1].FetchAsync($"{Certificates}{id}?fields=spent")).Expect(200, """{"spent":"1.00"}""");
        }
    }

    [Fact]
    public async Task A_hold_ends_once_and_refunds_come_to_what_was_captured()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = await pair.CreateAsync(100);
            var held = await pair.Servers[0].RedeemAsync($$"""{"certificate_id":{{id}},"amount":"20.00","reference":"R","capture":false}""", $"hold {id}");
            var redemption = held.Body.Split(':', ',')[1];
            var ends = await pair.AtOnceAsync(40, (server, n) => server.PostAsync(
                $"{Redemptions}{redemption}/{(n % 4 < 2 ? "capture" : "release")}/", "{}", PaymentCalls.Key($"end {id} {n}")));
            Assert.Single(ends, answer => answer.Status == 200);
            Assert.All(ends.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(409, "hold-ended"));

            var captured = ends.Single(answer => answer.Status == 200).Body.Contains("\"captured\":\"20.00\"", StringComparison.Ordinal);
            var refunds = await pair.AtOnceAsync(50, (server, n) =>
                server.PostAsync($"{Redemptions}{redemption}/refund/", """{"amount":"1.00"}""", PaymentCalls.Key($"refund {id} {n}")));
            Assert.Equal(captured ? 20 : 0, refunds.Count(answer => answer.Status == 200));
            Assert.All(refunds.Where(answer => answer.Status != 200), answer => answer.ExpectProblem(409, "insufficient-balance"));
            (await pair.Servers[1].FetchAsync($"{Certificates}{id}?fields=balance,spent,held"))
                .Expect(200, """{"balance":"100.00","spent":"0.00","held":"0.00"}""");
        }
    }

    public sealed class Pair : IAsyncLifetime
    {
        private readonly List<ScripProcess> processes = [];
        private string storage = "";
        private int created;

        public IReadOnlyList<HttpClient> Servers => processes.ConvertAll(process => process.Client);

        public async Task InitializeAsync()
        {
            storage = TestStorage.NewPostgresDatabase();
            processes.Add(await ScripProcess.ServeAsync(storage));
            processes.Add(await ScripProcess.ServeAsync(storage));
        }

        /// <summary>Creates a certificate, at the two servers in turn, and returns its id.</summary>
        public async Task<int> CreateAsync(int value)
        {
            var number = Interlocked.Increment(ref created);
            var made = await Servers[number % 2].CreateAsync($$"""[{"code":"C{{number}}","value":{{value}}}]""");
            Assert.Equal(201, made.Status);
            return int.Parse(made.Body.Split(':', ',')[1], CultureInfo.InvariantCulture);
        }

        /// <summary>Sends half of the calls to each server.</summary>
        public Task<Answer[]> AtOnceAsync(int calls, Func<HttpClient, int, Task<Answer>> call) =>
            Task.WhenAll(Enumerable.Range(0, calls).Select(n => call(Servers[n % 2], n)));

        /// <summary>Finally proves the ledger from its entries.</summary>
        public async Task DisposeAsync()
        {
            foreach (var process in processes)
                await process.DisposeAsync();
            await ScripProcess.ProveAsync(storage);
        }
    }
}
