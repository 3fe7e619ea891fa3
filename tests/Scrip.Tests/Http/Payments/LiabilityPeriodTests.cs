using System.Globalization;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>What moved in a period, with the balances before and after, in the year of <see cref="LiabilityTests"/>.</summary>
public sealed class LiabilityPeriodTests(LiabilityTests.PastYear year) : IClassFixture<LiabilityTests.PastYear>
{
    private HttpClient Shop => year.Scrip.Client;

    [Theory]
    // The columns: opening issued adjusted captured refunded forfeited closing; by month of issue.
    [InlineData("2024-12-01", "2025-01-01", "0.00 0.00 0.00 0.00 0.00 0.00 0.00")]
    [InlineData("2025-01-01", "2025-02-01", "0.00 1500.00 0.00 0.00 0.00 0.00 1500.00", "2025-01 0.00 1500.00 0.00 0.00 0.00 0.00 1500.00")]
    [InlineData("2025-02-01", "2025-03-01", "1500.00 500.00 100.00 100.00 0.00 0.00 2000.00", "2025-01 1500.00 0.00 100.00 100.00 0.00 0.00 1500.00", "2025-02 0.00 500.00 0.00 0.00 0.00 0.00 500.00")]
    [InlineData("2025-03-01", "2025-04-01", "2000.00 0.00 0.00 180.00 40.00 50.00 1810.00", "2025-01 1500.00 0.00 0.00 0.00 40.00 0.00 1540.00", "2025-02 500.00 0.00 0.00 180.00 0.00 50.00 270.00")]
    [InlineData("2025-04-01", "2025-05-01", "1810.00 0.00 0.00 0.00 0.00 0.00 1810.00", "2025-01 1540.00 0.00 0.00 0.00 0.00 0.00 1540.00", "2025-02 270.00 0.00 0.00 0.00 0.00 0.00 270.00")]
    // A movement at the first instant belongs to the period, and one at its end to the next.
    [InlineData("2025-02-10T10:00:00Z", "2025-02-20T10:00:00Z", "2000.00 0.00 0.00 100.00 0.00 0.00 1900.00", "2025-01 1500.00 0.00 0.00 100.00 0.00 0.00 1400.00", "2025-02 500.00 0.00 0.00 0.00 0.00 0.00 500.00")]
    [InlineData("2025-02-10T10:00:00.000001Z", "2025-02-20T10:00:00.000001Z", "1900.00 0.00 100.00 0.00 0.00 0.00 2000.00", "2025-01 1400.00 0.00 100.00 0.00 0.00 0.00 1500.00", "2025-02 500.00 0.00 0.00 0.00 0.00 0.00 500.00")]
    [InlineData("2025-02-10T10:00:00Z", "2025-02-10T10:00:00Z", "2000.00 0.00 0.00 0.00 0.00 0.00 2000.00", "2025-01 1500.00 0.00 0.00 0.00 0.00 0.00 1500.00", "2025-02 500.00 0.00 0.00 0.00 0.00 0.00 500.00")]
    // An open end.
    [InlineData("2025-03-15", "", "1770.00 0.00 0.00 0.00 40.00 0.00 1810.00", "2025-01 1500.00 0.00 0.00 0.00 40.00 0.00 1540.00", "2025-02 270.00 0.00 0.00 0.00 0.00 0.00 270.00")]
    public async Task The_report_has_the_movements_of_the_period(string from, string end, string total, params string[] months)
    {
        var answer = await Shop.FetchAsync($"{Liability}?from={from}" + (end.Length == 0 ? "" : $"&as_of={end}"));

        Assert.True(answer.Status == 200, answer.Body);
        using var report = JsonDocument.Parse(answer.Body);
        Assert.Equal(total, Figures(report.RootElement));
        Assert.Equal(months, report.RootElement.GetProperty("months").EnumerateArray().Select(
            month => $"{month.GetProperty("month").GetString()} {Figures(month)}"));
    }

    [Fact]
    public async Task The_report_in_its_very_words() => (await Shop.FetchAsync(Liability + "?from=2025-02-01&as_of=2025-03-01")).Expect(
        200,
        """
        {"from":"2025-01-31T22:00:00Z","as_of":"2025-02-28T22:00:00Z","currency":"MDL","certificates":4,
        "opening_balance":"1500.00","issued":"500.00","adjusted":"100.00","opening":"0.00","captured":"100.00","refunded":"0.00","forfeited":"0.00",
        "closing_balance":"2000.00","outstanding":"2000.00","held":"0.00","inactive":"1000.00","not_started":"300.00","expired":"0.00",
        "months":[{"month":"2025-01","certificates":2,
        "opening_balance":"1500.00","issued":"0.00","adjusted":"100.00","opening":"0.00","captured":"100.00","refunded":"0.00","forfeited":"0.00",
        "closing_balance":"1500.00","outstanding":"1500.00","held":"0.00","inactive":"1000.00","not_started":"0.00","expired":"0.00"},
        {"month":"2025-02","certificates":2,
        "opening_balance":"0.00","issued":"500.00","adjusted":"0.00","opening":"0.00","captured":"0.00","refunded":"0.00","forfeited":"0.00",
        "closing_balance":"500.00","outstanding":"500.00","held":"0.00","inactive":"0.00","not_started":"300.00","expired":"0.00"}]}
        """.ReplaceLineEndings(""));

    /// <summary>Also when the clocks change, at 3 o'clock on 30 March and 4 o'clock on 26 October.</summary>
    [Theory]
    [InlineData("2025-03-30", "2025-03-31", "2025-03-29T22:00:00Z", "2025-03-30T21:00:00Z")]
    [InlineData("2025-10-26", "2025-10-27", "2025-10-25T21:00:00Z", "2025-10-26T22:00:00Z")]
    [InlineData("2025-10-01", "2025-11-01", "2025-09-30T21:00:00Z", "2025-10-31T22:00:00Z")]
    [InlineData("1738360800", "2025-02-01T00:00:00%2B02:00", "2025-01-31T22:00:00Z", "2025-01-31T22:00:00Z")]
    [InlineData("0001-01-01", "2025-02-01", "0001-01-01T00:00:00Z", "2025-01-31T22:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public async Task A_date_is_the_beginning_of_that_day_where_the_site_is(string from, string end, string begins, string ends) =>
        Assert.StartsWith(
            $"{{\"from\":\"{begins}\",\"as_of\":\"{ends}\",", (await Shop.FetchAsync($"{Liability}?from={from}&as_of={end}")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task A_day_without_midnight_begins_when_the_clocks_have_skipped_it()
    {
        await using var scrip = await ScripApplication.StartAsync(("TimeZone", "Africa/Cairo"));
        Assert.StartsWith(
            "{\"from\":\"2023-04-27T22:00:00Z\",\"as_of\":\"2023-04-28T21:00:00Z\",",
            (await scrip.Client.FetchAsync(Liability + "?from=2023-04-28&as_of=2023-04-29")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_current_month_it_is_what_has_moved_so_far()
    {
        await using var scrip = await ScripApplication.StartAsync();
        await scrip.Client.CreateAsync("""[{"code":"A","value":500}]""");
        await scrip.Client.RedeemAsync("""{"code":"A","amount":30,"reference":"R"}""");
        var before = DateTimeOffset.UtcNow;
        // Midnight may pass during the test.
        var (yesterday, tomorrow, nextMonth) = (Date(before.AddDays(-1)), Date(before.AddDays(2)), Date(before.AddDays(31)));

        foreach (var query in new[] { $"?from={yesterday}", $"?from={yesterday}&as_of={tomorrow}", $"?from={yesterday}&as_of={nextMonth}" })
        {
            using var report = JsonDocument.Parse((await scrip.Client.FetchAsync(Liability + query)).Body);
            Assert.Equal("0.00 500.00 0.00 30.00 0.00 0.00 470.00", Figures(report.RootElement));
            Assert.InRange(report.RootElement.GetProperty("as_of").GetDateTimeOffset(), before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
        }
        using var empty = JsonDocument.Parse((await scrip.Client.FetchAsync($"{Liability}?from={yesterday}&as_of={yesterday}")).Body);
        Assert.Equal("0.00 0.00 0.00 0.00 0.00 0.00 0.00", Figures(empty.RootElement));
    }

    [Theory]
    [InlineData("?from=2025-02-01&as_of=2025-01-31", "?from out_of_range")]
    [InlineData("?from=2025-02-01T00:00:00.000001Z&as_of=2025-02-01T00:00:00Z", "?from out_of_range")]
    [InlineData("?from=2999-01-01", "?from out_of_range")]
    [InlineData("?from=2999-01-01T00:00:00Z", "?from out_of_range")]
    [InlineData("?from=2025-01-01&as_of=2999-01-01", "?as_of out_of_range")]
    [InlineData("?from=2025-01-01&as_of=9999-12-31", "?as_of out_of_range")]
    [InlineData("?from=2025-01-01&as_of=2999-01-01T00:00:00Z", "?as_of out_of_range")]
    [InlineData("?from=", "?from unknown_value")]
    [InlineData("?from=October", "?from unknown_value")]
    [InlineData("?from=2025-02-30&as_of=x", "?from unknown_value", "?as_of unknown_value")]
    [InlineData("?from=2025-01-01&from=2025-01-01", "?from repeated_parameter")]
    [InlineData("?fields=opening_balance", "?fields unknown_value")]
    [InlineData("?from=2025-01-01&fields=total", "?fields unknown_value")]
    public async Task What_is_no_period_is_refused(string query, params string[] errors) => (await Shop.FetchAsync(Liability + query)).ExpectInvalid(errors);

    [Fact]
    public async Task Fields_name_what_is_asked_for() => (await Shop.FetchAsync(
        Liability + "?from=2025-03-01&as_of=2025-04-01&fields=closing_balance,opening_balance,captured")).Expect(
            200, """{"opening_balance":"2000.00","captured":"180.00","closing_balance":"1810.00"}""");

    /// <summary>Each month begins with the closing balance of the one before, and ends like the report of its last day.</summary>
    [Fact]
    public async Task Months_follow_on_from_each_other()
    {
        var balance = 0m;
        for (var month = new DateOnly(2025, 1, 1); month.Year == 2025; month = month.AddMonths(1))
        {
            var next = month.AddMonths(1);
            using var report = JsonDocument.Parse((await Shop.FetchAsync($"{Liability}?from={Date(month)}&as_of={Date(next)}")).Body);
            using var last = JsonDocument.Parse((await Shop.FetchAsync($"{Liability}?as_of={Date(next.AddDays(-1))}")).Body);
            var of = report.RootElement;
            Assert.Equal(balance, Sum(of, "opening_balance"));
            balance = Sum(of, "closing_balance");
            Assert.Equal(Sum(of, "opening_balance", "issued", "adjusted", "refunded") - Sum(of, "opening", "captured", "forfeited"), balance);
            foreach (var name in new[] { "outstanding", "held", "inactive", "not_started", "expired" })
                Assert.Equal(Sum(last.RootElement, name), Sum(of, name));
        }
        Assert.Equal(1810m, balance);
    }

    private static string Date(DateTimeOffset at) => Date(DateOnly.FromDateTime(at.UtcDateTime));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Sum(JsonElement totals, params string[] names) =>
        names.Sum(name => decimal.Parse(totals.GetProperty(name).GetString()!, CultureInfo.InvariantCulture));

    private static string Figures(JsonElement totals) => string.Join(
        ' ',
        new[] { "opening_balance", "issued", "adjusted", "captured", "refunded", "forfeited", "closing_balance" }
            .Select(name => totals.GetProperty(name).GetString()));
}
