using System.Globalization;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>The executable while its machine's clock is set forward and back.</summary>
public abstract class ProcessClockTests(string storage)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    [ProcessClockFact]
    public async Task A_clock_that_was_ahead_expires_nothing_and_locks_nobody_out_and_all_that_was_paid_is_told()
    {
        using var clock = await ProcessClock.CompileAsync();
        await using (var scrip = await ServeAsync(clock))
        {
            var shop = scrip.Client;
            await shop.CreateAsync($$"""[{"code":"A","value":500,"expires_at":"{{FromNow(TimeSpan.FromDays(30))}}"},{"code":"B","value":500}]""");
            clock.Set(Ahead);
            Assert.Equal(200, (await shop.FetchAsync(Liability)).Status);
            (await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R1"}""")).ExpectProblem(409, "expired");
            Assert.Equal(201, (await shop.RedeemAsync("""{"code":"B","amount":2,"reference":"R2"}""")).Status);
            for (var miss = 0; miss < 20; miss++)
                Assert.Equal(404, (await shop.CheckAsync("""{"code":"GUESS"}""")).Status);
            var refused = await shop.CheckAsync("""{"code":"GUESS"}""");
            Assert.Equal(429, refused.Status);

            clock.Reset();
            var stillRefused = await shop.CheckAsync("""{"code":"GUESS"}""");
            if (stillRefused.Status == 429)
                Assert.InRange(int.Parse(stillRefused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
            await ExpectSettledAsync(shop);
        }
        await using (var again = await ServeAsync(clock))
            await ExpectSettledAsync(again.Client);
        await ScripProcess.ProveAsync(storage);

        static async Task ExpectSettledAsync(HttpClient shop)
        {
            using var report = JsonDocument.Parse((await shop.FetchAsync(Liability)).Body);
            Assert.Equal("0.00", report.RootElement.GetProperty("expired").GetString());
            var captured = decimal.Parse(report.RootElement.GetProperty("captured").GetString()!, CultureInfo.InvariantCulture);
            var paid = await shop.RedeemAsync($$"""{"certificate_id":1,"amount":4,"reference":"after {{captured}}"}""");
            Assert.Equal(201, paid.Status);
            using var after = JsonDocument.Parse((await shop.FetchAsync(Liability)).Body);
            Assert.Equal(
                captured + 4, decimal.Parse(after.RootElement.GetProperty("captured").GetString()!, CultureInfo.InvariantCulture));
            Assert.True(captured >= 2, "The payment of the clock that was ahead is missing.");
        }
    }

    [ProcessClockFact]
    public async Task A_clock_that_is_set_back_stops_nothing_and_is_told_once_in_the_log_and_by_readiness()
    {
        using var clock = await ProcessClock.CompileAsync();
        await using var scrip = await ServeAsync(clock);
        var shop = scrip.Client;
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        await shop.RedeemAsync("""{"code":"A","amount":20,"reference":"R"}""");
        (await shop.FetchAsync("/health/ready")).Expect(200, """{"status":"ready"}""");
        Assert.DoesNotContain(scrip.Output.Concat(scrip.Errors), line => line.Contains("ahead of the clock", StringComparison.Ordinal));

        clock.Set(TimeSpan.FromHours(-1));
        for (var payment = 0; payment < 10; payment++)
            Assert.Equal(201, (await shop.RedeemAsync($$"""{"code":"A","amount":1,"reference":"R{{payment}}"}""")).Status);
        Assert.Contains("\"captured\":\"30.00\"", (await shop.FetchAsync(Liability)).Body, StringComparison.Ordinal);
        await shop.UntilSaysAsync("/health/ready", "\"newest_entry_ahead_seconds\":3");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Warnings() == 0)
            await Task.Delay(10, limit.Token);
        for (var payment = 10; payment < 20; payment++)
            Assert.Equal(201, (await shop.RedeemAsync($$"""{"code":"A","amount":1,"reference":"R{{payment}}"}""")).Status);
        await shop.FetchAsync("/health/ready");
        Assert.Equal(1, Warnings());

        using var journal = JsonDocument.Parse((await shop.FetchAsync(Entries + "?fields=id,created_at")).Body);
        Assert.All(
            journal.RootElement.EnumerateArray().Skip(2),
            entry => Assert.InRange(
                entry.GetProperty("created_at").GetDateTimeOffset(), clock.UtcNow.AddMinutes(-10), clock.UtcNow.AddSeconds(1)));
        await ScripProcess.ProveAsync(storage);

        int Warnings() => scrip.Output.Concat(scrip.Errors).Count(line => line.Contains("ahead of the clock", StringComparison.Ordinal));
    }

    private Task<ScripProcess> ServeAsync(ProcessClock clock) => ScripProcess.ServeAsync(storage, clock.Variables);
}

public sealed class SqliteProcessClockTests : ProcessClockTests, IDisposable
{
    private readonly TemporaryFolder folder;

    public SqliteProcessClockTests()
        : this(new TemporaryFolder())
    {
    }

    private SqliteProcessClockTests(TemporaryFolder folder)
        : base(folder.Storage) => this.folder = folder;

    public void Dispose() => folder.Dispose();
}

[Trait("Database", "Postgres")]
public sealed class PostgresProcessClockTests() : ProcessClockTests(TestStorage.NewPostgresDatabase());
