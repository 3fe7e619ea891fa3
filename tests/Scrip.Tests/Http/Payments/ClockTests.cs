using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Scrip.Storage;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Every rule goes by the current clock, whatever an earlier, wrong clock has left behind.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    private readonly ShiftingClock clock = new();
    private ScripApplication? application;

    private ScripApplication Running => application!;

    private HttpClient Shop => Running.Client;

    public async Task InitializeAsync() => application = await ScripApplication.StartAsync(clock, ("MaxCodeMissesPerDay", "3"));

    public async Task DisposeAsync()
    {
        var differences = new List<string>();
        await Server.Reports.LedgerVerification.RunAsync(Running.Services.GetRequiredService<ILedgerReader>(), differences.Add, CancellationToken.None);
        await Running.DisposeAsync();
        Assert.Matches("no difference from the journal$", Assert.Single(differences));
    }

    [Fact]
    public async Task A_report_while_the_clock_was_ahead_expires_nothing()
    {
        await Shop.CreateAsync($$"""[{"code":"A","value":500,"expires_at":"{{FromNow(TimeSpan.FromDays(30))}}"}]""");
        clock.Shift(Ahead);
        Assert.Equal(200, (await Shop.FetchAsync(Liability)).Status);
        Assert.Contains("\"reason\":\"expired\"", (await Shop.CheckAsync("""{"code":"A"}""")).Body, StringComparison.Ordinal);
        (await Shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R1"}""")).ExpectProblem(409, "expired");
        clock.Reset();

        Assert.Contains("\"usable\":true", (await Shop.CheckAsync("""{"code":"A"}""")).Body, StringComparison.Ordinal);
        Assert.Equal(201, (await Shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R2"}""")).Status);
        Assert.InRange((await TimesOfEntriesAsync())[^1], DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_report_of_now_tells_what_is_committed_though_the_clock_was_set_back_since()
    {
        await Shop.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":100}]""");
        await Shop.RedeemAsync("""{"code":"A","amount":20,"reference":"R1"}""");
        await Shop.RedeemAsync("""{"code":"B","amount":7,"reference":"R2","capture":false}""");
        clock.Shift(TimeSpan.FromHours(-1));
        await Shop.RedeemAsync("""{"code":"A","amount":4,"reference":"R3"}""");

        using var report = JsonDocument.Parse((await Shop.FetchAsync(Liability)).Body);
        var totals = report.RootElement;
        Assert.Equal(
            "2 600.00 24.00 576.00 7.00",
            $"{totals.GetProperty("certificates")} {totals.GetProperty("issued")} {totals.GetProperty("captured")} "
            + $"{totals.GetProperty("outstanding")} {totals.GetProperty("held")}");
        Assert.InRange(totals.GetProperty("as_of").GetDateTimeOffset(), clock.GetUtcNow().AddMinutes(-5), clock.GetUtcNow());

        // A report by date: what was written before the last payment of A came before it, and B is not yet issued.
        var asOf = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        Assert.Contains(
            "\"certificates\":1,\"issued\":\"500.00\",\"adjusted\":\"0.00\",\"opening\":\"0.00\",\"captured\":\"24.00\",\"refunded\":\"0.00\",\"forfeited\":\"0.00\",\"outstanding\":\"476.00\"",
            (await Shop.FetchAsync($"{Liability}?as_of={asOf}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_go_on_dated_by_the_clock_and_numbered_in_their_order()
    {
        await Shop.CreateAsync("""[{"code":"A","value":500}]""");
        clock.Shift(Ahead);
        await Shop.RedeemAsync("""{"code":"A","amount":20,"reference":"R1"}""");
        await Shop.RedeemAsync("""{"code":"A","amount":30,"reference":"R2","capture":false}""");
        clock.Reset();
        Assert.Equal(200, (await Shop.StepAsync(1, "refund")).Status);
        Assert.Equal(200, (await Shop.StepAsync(2, "capture", """{"amount":10}""")).Status);
        Assert.Equal(201, (await Shop.RedeemAsync(
            $$"""{"code":"A","amount":5,"reference":"R3","capture":false,"hold_expires_at":"{{FromNow(TimeSpan.FromHours(1))}}"}""")).Status);
        Assert.Equal(200, (await Shop.UpdateAsync("""[{"id":1,"code":"A2","value":600}]""")).Status);

        var soon = DateTimeOffset.UtcNow.AddMinutes(5);
        Assert.Equal([false, true, true, false, false, false, false, false, false], (await TimesOfEntriesAsync()).Select(at => at > soon));
        Assert.Equal("\"585.00\"", await Shop.AttributeAsync(1, "balance"));
    }

    [Fact]
    public async Task Readiness_says_by_how_much_the_newest_entry_lies_ahead_as_long_as_it_does()
    {
        await Shop.CreateAsync("""[{"code":"A","value":500}]""");
        clock.Shift(TimeSpan.FromHours(-1));
        await Shop.RedeemAsync("""{"code":"A","amount":4,"reference":"R"}""");

        var ready = await Shop.FetchAsync("/health/ready");
        Assert.Equal(200, ready.Status);
        using (var body = JsonDocument.Parse(ready.Body))
            Assert.InRange(body.RootElement.GetProperty("newest_entry_ahead_seconds").GetInt64(), 3_300, 3_600);

        // All callers within the same second share the response.
        await Running.RestartAsync();
        Assert.Contains("newest_entry_ahead_seconds", (await Shop.FetchAsync("/health/ready")).Body, StringComparison.Ordinal);
        clock.Reset();
        await Running.RestartAsync();
        (await Shop.FetchAsync("/health/ready")).Expect(200, """{"status":"ready"}""");
    }

    [Fact]
    public async Task Misses_while_the_clock_was_ahead_lock_out_for_no_longer_than_others()
    {
        await Shop.CreateAsync("""[{"code":"A","value":500}]""");
        clock.Shift(Ahead);
        for (var miss = 0; miss < 3; miss++)
            Assert.Equal(404, (await Shop.CheckAsync("""{"code":"GUESS"}""")).Status);
        clock.Reset();
        var refused = await Shop.CheckAsync("""{"code":"A"}""");
        Assert.Equal(429, refused.Status);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 86_000, 86_400);
    }

    [Fact]
    public async Task A_token_s_end_is_judged_by_the_clock_now()
    {
        var made = await Shop.PostAsync(
            "/external/api-token/",
            $$"""{"site":"default","name":"ERP","scopes":["certificates:read"],"expires_at":"{{FromNow(TimeSpan.FromDays(30))}}"}""");
        using var token = JsonDocument.Parse(made.Body);
        using var erp = Running.ClientWith(token.RootElement.GetProperty("token").GetString()!);
        clock.Shift(Ahead);
        Assert.Equal(401, (await erp.FetchAsync(Certificates)).Status);
        clock.Reset();
        Assert.Equal(200, (await erp.FetchAsync(Certificates)).Status);
    }

    [Fact]
    public async Task A_report_of_now_says_the_same_ever_after_while_payments_go_on()
    {
        await Shop.CreateAsync("""[{"code":"A","value":100000},{"code":"B","value":100000}]""");
        using var over = new CancellationTokenSource();
        var paying = Enumerable.Range(0, 4).Select(payer => PayAsync(payer, over.Token)).ToList();
        var reports = new List<string>();
        for (var report = 0; report < 40; report++)
            reports.Add((await Shop.FetchAsync(Liability)).Body);
        await over.CancelAsync();
        await Task.WhenAll(paying);

        Assert.True(reports.Distinct().Count() > 20, "Hardly a payment was made between two reports: the test shows nothing.");
        foreach (var report in reports)
        {
            using var parsed = JsonDocument.Parse(report);
            (await Shop.FetchAsync($"{Liability}?as_of={parsed.RootElement.GetProperty("as_of").GetString()}")).Expect(200, report);
        }

        async Task PayAsync(int payer, CancellationToken cancellationToken)
        {
            for (var n = 0; !cancellationToken.IsCancellationRequested; n++)
            {
                Assert.Equal(201, (await Shop.RedeemAsync(
                    $$"""{"code":"{{(payer % 2 == 0 ? "A" : "B")}}","amount":"0.01","reference":"{{payer}}-{{n}}","capture":{{(n % 2 == 0 ? "true" : "false")}}}""")).Status);
            }
        }
    }

    private async Task<IReadOnlyList<DateTimeOffset>> TimesOfEntriesAsync()
    {
        using var journal = JsonDocument.Parse((await Shop.FetchAsync(Entries)).Body);
        return [.. journal.RootElement.EnumerateArray().Select(entry => entry.GetProperty("created_at").GetDateTimeOffset())];
    }
}
