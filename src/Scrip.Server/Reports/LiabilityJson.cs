using System.Globalization;
using Scrip.Ledger.Reports;
using Scrip.Server.Http;

namespace Scrip.Server.Reports;

/// <summary>What a site owed, and when.</summary>
/// <param name="From">The first instant of a period; null for a report at an instant.</param>
internal sealed record Liability(DateTimeOffset? From, DateTimeOffset AsOf, LiabilityReport Report);

/// <summary>Writes a report as JSON: its totals, and the same by month.</summary>
internal static class LiabilityJson
{
    private static readonly Attribute<LiabilityTotals>[] Totals =
    [
        Attribute<LiabilityTotals>.Number("certificates", (in totals) => totals.Certificates),
        Amount("issued", totals => totals.Issued),
        Amount("adjusted", totals => totals.Adjusted),
        Amount("opening", totals => totals.SpentBefore),
        Amount("captured", totals => totals.Captured),
        Amount("refunded", totals => totals.Refunded),
        Amount("forfeited", totals => totals.Forfeited),
        Amount("outstanding", totals => totals.Outstanding),
        Amount("held", totals => totals.Held),
        Amount("inactive", totals => totals.Inactive),
        Amount("not_started", totals => totals.NotStarted),
        Amount("expired", totals => totals.Expired),
    ];

    /// <summary>The totals of a period, with the balances before and after its movements.</summary>
    private static readonly Attribute<LiabilityTotals>[] TotalsOfPeriod =
    [
        Totals[0],
        Amount("opening_balance", totals => totals.Opening),
        .. Totals[1..7],
        Amount("closing_balance", totals => totals.Outstanding),
        .. Totals[7..],
    ];

    public static Attributes<Liability> OfInstant { get; } = new([AsOf, Currency, .. TotalsOf(Totals), MonthsWith(Totals)]);

    public static Attributes<Liability> OfPeriod { get; } = new(
    [
        Attribute<Liability>.Instant("from", (in liability) => liability.From),
        AsOf, Currency, .. TotalsOf(TotalsOfPeriod), MonthsWith(TotalsOfPeriod),
    ]);

    private static Attribute<Liability> AsOf => Attribute<Liability>.Instant("as_of", (in liability) => liability.AsOf);

    private static Attribute<Liability> Currency => Attribute<Liability>.CurrencyCode("currency");

    private static Attribute<LiabilityTotals> Amount(string name, Func<LiabilityTotals, Int128> minor) =>
        new(name, (json, in totals, currency) => json.WriteStringValue(Amounts.Text(minor(totals), currency)));

    private static IEnumerable<Attribute<Liability>> TotalsOf(Attribute<LiabilityTotals>[] totals) =>
        totals.Select(total => new Attribute<Liability>(
            total.Name, (json, in liability, currency) => total.WriteValue(json, liability.Report.Total, currency)));

    private static Attribute<Liability> MonthsWith(Attribute<LiabilityTotals>[] totals) => new("months", (json, in liability, currency) =>
    {
        json.WriteStartArray();
        foreach (var (month, ofMonth) in liability.Report.ByMonthOfIssue)
        {
            json.WriteStartObject();
            json.WriteString("month", month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            foreach (var total in totals)
                total.Write(json, ofMonth, currency);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
