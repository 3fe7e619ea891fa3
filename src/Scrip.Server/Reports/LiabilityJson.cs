using System.Globalization;
using Scrip.Ledger.Reports;
using Scrip.Server.Http;

namespace Scrip.Server.Reports;

/// <summary>What a site owed, and when.</summary>
/// <param name="From">The first instant of a period; null for a report at an instant.</param>
internal sealed record Liability(DateTimeOffset? From, DateTimeOffset AsOf, LiabilityReport Report);

/// <summary>What a site owed for the certificates that it issued in one month.</summary>
/// <param name="Month">The first day of the month.</param>
internal readonly record struct MonthOfLiability(DateOnly Month, LiabilityTotals Totals, Liability Of);

/// <summary>Writes a report: as JSON its totals, and the same by month; as a file only the months.</summary>
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

    /// <summary>The columns of a file, whose rows are the months of issue.</summary>
    public static Attributes<MonthOfLiability> OfMonths { get; } = new([Month, MonthAsOf, MonthCurrency, .. MonthTotals(Totals)]);

    /// <inheritdoc cref="OfMonths"/>
    public static Attributes<MonthOfLiability> OfMonthsInPeriod { get; } = new(
    [
        Month, Attribute<MonthOfLiability>.Instant("from", (in month) => month.Of.From), MonthAsOf, MonthCurrency,
        .. MonthTotals(TotalsOfPeriod),
    ]);

    private static Attribute<MonthOfLiability> Month =>
        Attribute<MonthOfLiability>.Text("month", (in month) => month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private static Attribute<MonthOfLiability> MonthAsOf => Attribute<MonthOfLiability>.Instant("as_of", (in month) => month.Of.AsOf);

    private static Attribute<MonthOfLiability> MonthCurrency => Attribute<MonthOfLiability>.CurrencyCode("currency");

    private static Attribute<Liability> AsOf => Attribute<Liability>.Instant("as_of", (in liability) => liability.AsOf);

    private static Attribute<Liability> Currency => Attribute<Liability>.CurrencyCode("currency");

    private static Attribute<LiabilityTotals> Amount(string name, Func<LiabilityTotals, Int128> minor) => new(
        name,
        (json, in totals, currency) => json.WriteStringValue(Amounts.Text(minor(totals), currency)),
        (cells, in totals, currency) =>
        {
            var amount = minor(totals);
            // A spreadsheet cannot keep a wider sum as a number.
            if (amount >= long.MinValue && amount <= long.MaxValue)
                cells.WriteAmount((long)amount, currency.Digits);
            else
                cells.Write(Amounts.Text(amount, currency));
        });

    private static Attribute<MonthOfLiability>[] MonthTotals(Attribute<LiabilityTotals>[] totals) =>
    [
        .. totals.Select(total => new Attribute<MonthOfLiability>(
            total.Name,
            (json, in month, currency) => total.WriteValue(json, month.Totals, currency),
            (cells, in month, currency) => total.WriteCell(cells, month.Totals, currency))),
    ];

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
