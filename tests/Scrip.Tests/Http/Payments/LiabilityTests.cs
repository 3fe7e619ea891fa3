using System.Globalization;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PastLedger;

namespace Scrip.Tests.Http.Payments;

/// <summary>
/// What the shop owed at instants of a year long past, compared with figures computed by hand. All tests read the ledger of one site in
/// Moldova: two certificates issued in the last hours of January there, two in the first of February.
/// </summary>
public sealed class LiabilityTests(LiabilityTests.PastYear year) : IClassFixture<LiabilityTests.PastYear>
{
    private HttpClient Shop => year.Scrip.Client;

    [Theory]
    [InlineData("2024-12-31", "0")]
    // The columns: issued adjusted captured refunded forfeited outstanding: held inactive not_started expired; by month of issue.
    [InlineData("2025-01-31", "2 1500.00 0.00 0.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 0.00 0.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00")]
    [InlineData("2025-02-01", "4 2000.00 0.00 0.00 0.00 0.00 2000.00: 0.00 1000.00 300.00 0.00", "2025-01 2 1500.00 0.00 0.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 0.00 0.00 0.00 500.00: 0.00 0.00 300.00 0.00")]
    [InlineData("2025-02-10", "4 2000.00 0.00 100.00 0.00 0.00 1900.00: 0.00 1000.00 300.00 0.00", "2025-01 2 1500.00 0.00 100.00 0.00 0.00 1400.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 0.00 0.00 0.00 500.00: 0.00 0.00 300.00 0.00")]
    [InlineData("2025-02-22T09:59:59.999999Z", "4 2000.00 100.00 100.00 0.00 0.00 2000.00: 50.00 1000.00 300.00 0.00", "2025-01 2 1500.00 100.00 100.00 0.00 0.00 1500.00: 50.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 0.00 0.00 0.00 500.00: 0.00 0.00 300.00 0.00")]
    // The hold ran out at this instant, which was written eleven days later.
    [InlineData("2025-02-22T10:00:00Z", "4 2000.00 100.00 100.00 0.00 0.00 2000.00: 0.00 1000.00 300.00 0.00", "2025-01 2 1500.00 100.00 100.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 0.00 0.00 0.00 500.00: 0.00 0.00 300.00 0.00")]
    [InlineData("2025-03-05", "4 2000.00 100.00 100.00 0.00 0.00 2000.00: 80.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 0.00 0.00 0.00 500.00: 80.00 0.00 0.00 0.00")]
    [InlineData("2025-03-12", "4 2000.00 100.00 280.00 0.00 50.00 1770.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 0.00 0.00 1500.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    [InlineData("2025-03-31", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    // Active for some weeks of April, and inactive again since.
    [InlineData("2025-04-10", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 0.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 0.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    [InlineData("2025-05-01", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    // Expired on 1 June, and extended on 1 July.
    [InlineData("2025-06-01T08:59:59Z", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    [InlineData("2025-06-01T09:00:00Z", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 270.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 270.00")]
    [InlineData("2025-07-01", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 0.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 0.00")]
    [InlineData("", "4 2000.00 100.00 280.00 40.00 50.00 1810.00: 0.00 1000.00 0.00 270.00", "2025-01 2 1500.00 100.00 100.00 40.00 0.00 1540.00: 0.00 1000.00 0.00 0.00", "2025-02 2 500.00 0.00 180.00 0.00 50.00 270.00: 0.00 0.00 0.00 270.00")]
    public async Task The_report_has_the_figures_of_that_instant(string asOf, string total, params string[] months)
    {
        var answer = await Shop.FetchAsync(Liability + (asOf.Length == 0 ? "" : "?as_of=" + asOf));

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(("application/json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        using var report = JsonDocument.Parse(answer.Body);
        Assert.Equal("MDL", report.RootElement.GetProperty("currency").GetString());
        Assert.Equal(total == "0" ? "0 0.00 0.00 0.00 0.00 0.00 0.00: 0.00 0.00 0.00 0.00" : total, Figures(report.RootElement));
        Assert.Equal(months, report.RootElement.GetProperty("months").EnumerateArray().Select(
            month => $"{month.GetProperty("month").GetString()} {Figures(month)}"));
    }

    [Fact]
    public async Task The_report_in_its_very_words() => (await Shop.FetchAsync(Liability + "?as_of=2025-01-31")).Expect(
        200,
        """
        {"as_of":"2025-01-31T21:59:59.999999Z","currency":"MDL",
        "certificates":2,"issued":"1500.00","adjusted":"0.00","opening":"0.00","captured":"0.00","refunded":"0.00","forfeited":"0.00","outstanding":"1500.00",
        "held":"0.00","inactive":"1000.00","not_started":"0.00","expired":"0.00","months":[{"month":"2025-01",
        "certificates":2,"issued":"1500.00","adjusted":"0.00","opening":"0.00","captured":"0.00","refunded":"0.00","forfeited":"0.00","outstanding":"1500.00",
        "held":"0.00","inactive":"1000.00","not_started":"0.00","expired":"0.00"}]}
        """.ReplaceLineEndings(""));

    [Theory]
    [InlineData("1738360799", "2025-01-31T21:59:59Z")]
    [InlineData("2025-01-31T23:59:59%2B02:00", "2025-01-31T21:59:59Z")]
    [InlineData("2025-01-31T23:59:59+02:00", "2025-01-31T21:59:59Z")]
    [InlineData("2025-01-31T21:59:59.1234567Z", "2025-01-31T21:59:59.123456Z")]
    [InlineData("2025-03-29", "2025-03-29T21:59:59.999999Z")]
    [InlineData("2025-03-30", "2025-03-30T20:59:59.999999Z")]
    [InlineData("2025-10-25", "2025-10-25T20:59:59.999999Z")]
    [InlineData("2025-10-26", "2025-10-26T21:59:59.999999Z")]
    public async Task An_instant_is_taken_in_every_form_and_a_date_is_the_end_of_that_day_where_the_site_is(string asOf, string answered) =>
        Assert.StartsWith($"{{\"as_of\":\"{answered}\",", (await Shop.FetchAsync($"{Liability}?as_of={asOf}")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task Of_today_it_is_now()
    {
        var before = DateTimeOffset.UtcNow;
        var today = TimeZoneInfo.ConvertTime(before, TimeZoneInfo.FindSystemTimeZoneById("Europe/Chisinau"));
        using var report = JsonDocument.Parse(
            (await Shop.FetchAsync($"{Liability}?as_of={today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")).Body);
        Assert.InRange(report.RootElement.GetProperty("as_of").GetDateTimeOffset(), before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
    }

    [Theory]
    [InlineData("?as_of=", "?as_of unknown_value")]
    [InlineData("?as_of=now", "?as_of unknown_value")]
    [InlineData("?as_of=2025-02-30", "?as_of unknown_value")]
    [InlineData("?as_of=2025-01-31T12:00:00", "?as_of unknown_value")]
    [InlineData("?as_of=-1", "?as_of unknown_value")]
    [InlineData("?as_of=99999999999", "?as_of out_of_range")]
    [InlineData("?as_of=2999-01-01", "?as_of out_of_range")]
    [InlineData("?as_of=2999-01-01T00:00:00Z", "?as_of out_of_range")]
    [InlineData("?as_of=9999-12-31", "?as_of out_of_range")]
    [InlineData("?as_of=2025-01-01&as_of=2025-01-02", "?as_of repeated_parameter")]
    [InlineData("?at=2025-01-01", "?at unknown_parameter")]
    public async Task What_is_no_instant_or_in_the_future_is_refused(string query, string error) =>
        (await Shop.FetchAsync(Liability + query)).ExpectInvalid(error);

    [Fact]
    public async Task What_was_issued_and_not_spent_is_outstanding_at_every_instant()
    {
        using var journal = JsonDocument.Parse((await Shop.FetchAsync(Entries)).Body);
        var instants = journal.RootElement.EnumerateArray().Select(entry => entry.GetProperty("created_at").GetDateTimeOffset()).Distinct().ToList();
        Assert.InRange(instants.Count, 10, 99);
        foreach (var asOf in instants.SelectMany(instant => new[] { instant.AddMicroseconds(-1), instant }))
        {
            var text = asOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            using var report = JsonDocument.Parse((await Shop.FetchAsync($"{Liability}?as_of={text}")).Body);
            var months = report.RootElement.GetProperty("months").EnumerateArray().ToList();
            foreach (var totals in months.Append(report.RootElement))
                Assert.Equal(Sum(totals, "outstanding"), Sum(totals, "issued", "adjusted", "refunded") - Sum(totals, "opening", "captured", "forfeited"));
            foreach (var name in new[] { "issued", "adjusted", "opening", "captured", "refunded", "forfeited", "outstanding", "held", "inactive", "not_started", "expired" })
                Assert.Equal(Sum(report.RootElement, name), months.Sum(month => Sum(month, name)));
        }

        static decimal Sum(JsonElement totals, params string[] names) =>
            names.Sum(name => decimal.Parse(totals.GetProperty(name).GetString()!, CultureInfo.InvariantCulture));
    }

    private static string Figures(JsonElement totals)
    {
        return $"{totals.GetProperty("certificates").GetInt64()} {Amounts("issued", "adjusted", "captured", "refunded", "forfeited", "outstanding")}: "
            + Amounts("held", "inactive", "not_started", "expired");

        string Amounts(params string[] names) => string.Join(' ', names.Select(name => totals.GetProperty(name).GetString()));
    }

    /// <summary>A server on a ledger whose activity was long ago.</summary>
    public sealed class PastYear : IAsyncLifetime
    {
        private ScripApplication? scrip;

        public ScripApplication Scrip => scrip!;

        public async Task InitializeAsync()
        {
            scrip = await ScripApplication.StartAsync(("Currency", "MDL"), ("TimeZone", "Europe/Chisinau"));
            await scrip.RestartAsync(() =>
            {
                using var past = new PastLedger(scrip.StorageSetting);
                // Half past eleven at night, and half past midnight.
                past.At("2025-01-31T21:30:00Z", "create A=50000 B=100000/off");
                past.At("2025-01-31T22:30:00Z", "create C=20000/single D=30000");
                past.At("2025-01-31T22:30:00Z", Update(Reschedule(4, "D", "2025-03-01T09:00:00Z", "2025-06-01T09:00:00Z")));
                past.At("2025-02-10T10:00:00Z", "redeem A 10000 R1");
                past.At("2025-02-15T10:00:00Z", "hold A 5000 R2");
                past.At("2025-02-20T10:00:00Z", "update 1:A=60000");
                past.At("2025-03-05T10:00:00Z", "hold D 8000 R3");
                past.At("2025-03-10T10:00:00Z", "capture 3 3000");
                past.At("2025-03-12T10:00:00Z", "redeem C 15000 R4");
                past.At("2025-03-15T10:00:00Z", "refund 1 4000");
                past.At("2025-04-01T10:00:00Z", "update 2:B/on");
                past.At("2025-04-20T10:00:00Z", "update 2:B2/off");
                past.At("2025-07-01T10:00:00Z", Update(Reschedule(4, "D", expiresAt: "2025-12-31T09:00:00Z")));
            });
        }

        public async Task DisposeAsync() => await Scrip.DisposeAsync();
    }
}
