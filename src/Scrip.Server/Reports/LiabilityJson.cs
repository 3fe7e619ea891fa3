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
    private static readonly (string Name, Attributes<LiabilityTotals>.Writer Write)[] Totals =
    [
        ("certificates", (json, in totals, _) => json.WriteNumberValue(totals.Certificates)),
        Amount("issued", totals => totals.Issued),
        Amount("adjusted", totals => totals.Adjusted),
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
    private static readonly (string Name, Attributes<LiabilityTotals>.Writer Write)[] TotalsOfPeriod =
    [
        Totals[0],
        Amount("opening_balance", totals => totals.Opening),
        .. Totals[1..6],
        Amount("closing_balance", totals => totals.Outstanding),
        .. Totals[6..],
    ];

    public static Attributes<Liability> OfInstant { get; } = new([AsOf, Currency, .. TotalsOf(Totals), MonthsWith(Totals)]);

    public static Attributes<Liability> OfPeriod { get; } = new(
    [
        ("from", (json, in liability, _) => json.WriteInstant(liability.From!.Value)),
        AsOf, Currency, .. TotalsOf(TotalsOfPeriod), MonthsWith(TotalsOfPeriod),
    ]);

    private static (string, Attributes<Liability>.Writer) AsOf =>
        ("as_of", (json, in liability, _) => json.WriteInstant(liability.AsOf));

    private static (string, Attributes<Liability>.Writer) Currency =>
        ("currency", (json, in _, currency) => json.WriteStringValue(currency.Code));

    private static (string, Attributes<LiabilityTotals>.Writer) Amount(string name, Func<LiabilityTotals, Int128> minor) =>
        (name, (json, in totals, currency) => json.WriteStringValue(Amounts.Text(minor(totals), currency)));

    private static IEnumerable<(string, Attributes<Liability>.Writer)> TotalsOf(
        (string Name, Attributes<LiabilityTotals>.Writer Write)[] totals) =>
        totals.Select(total => (total.Name, (Attributes<Liability>.Writer)(
            (json, in liability, currency) => total.Write(json, liability.Report.Total, currency))));

    private static (string, Attributes<Liability>.Writer) MonthsWith(
        (string Name, Attributes<LiabilityTotals>.Writer Write)[] totals) =>
        ("months", (json, in liability, currency) =>
        {
            json.WriteStartArray();
            foreach (var (month, ofMonth) in liability.Report.ByMonthOfIssue)
            {
                json.WriteStartObject();
                json.WriteString("month", month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
                foreach (var (name, write) in totals)
                {
                    json.WritePropertyName(name);
                    write(json, ofMonth, currency);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    );
}
