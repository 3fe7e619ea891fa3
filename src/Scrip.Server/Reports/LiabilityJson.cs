using System.Globalization;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Reports;
using Scrip.Server.Lists;
using Scrip.Server.Requests;

namespace Scrip.Server.Reports;

/// <summary>What a site owed, and when.</summary>
internal sealed record Liability(DateTimeOffset AsOf, LiabilityReport Report);

/// <summary>The report on the wire: totals, and the same of each month.</summary>
internal static class LiabilityJson
{
    private static readonly (string Name, Action<Utf8JsonWriter, LiabilityTotals, Currency> Write)[] Totals =
    [
        ("certificates", (json, totals, _) => json.WriteNumberValue(totals.Certificates)),
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

    private static readonly Attributes<(DateOnly Month, LiabilityTotals Totals)> OfMonth = new(
    [
        ("month", (json, month, _) => json.WriteStringValue(month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture))),
        .. TotalsOf<(DateOnly Month, LiabilityTotals Totals)>(month => month.Totals),
    ]);

    public static Attributes<Liability> Attributes { get; } = new(
    [
        ("as_of", (json, liability, _) => json.WriteInstant(liability.AsOf)),
        ("currency", (json, _, currency) => json.WriteStringValue(currency.Code)),
        .. TotalsOf<Liability>(liability => liability.Report.Total),
        ("months", WriteMonths),
    ]);

    private static (string, Action<Utf8JsonWriter, LiabilityTotals, Currency>) Amount(string name, Func<LiabilityTotals, Int128> minor) =>
        (name, (json, totals, currency) => json.WriteStringValue(Amounts.Text(minor(totals), currency)));

    private static IEnumerable<(string, Action<Utf8JsonWriter, TRow, Currency>)> TotalsOf<TRow>(Func<TRow, LiabilityTotals> totalsOf) =>
        Totals.Select(total => (total.Name, (Action<Utf8JsonWriter, TRow, Currency>)(
            (json, row, currency) => total.Write(json, totalsOf(row), currency))));

    private static void WriteMonths(Utf8JsonWriter json, Liability liability, Currency currency)
    {
        json.WriteStartArray();
        foreach (var month in liability.Report.ByMonthOfIssue)
            OfMonth.Write(json, month, currency);
        json.WriteEndArray();
    }
}
