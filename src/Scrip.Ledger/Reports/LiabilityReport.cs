namespace Scrip.Ledger.Reports;

/// <summary>What a site owed for its certificates at an instant.</summary>
/// <param name="ByMonthOfIssue">The first days of months where the site is, in their order.</param>
public sealed record LiabilityReport(LiabilityTotals Total, IReadOnlyList<(DateOnly Month, LiabilityTotals Totals)> ByMonthOfIssue)
{
    /// <summary>The report of the period that began with an earlier report. See <see cref="LiabilityTotals.Since"/>.</summary>
    public LiabilityReport Since(LiabilityReport opening)
    {
        var openingMonths = opening.ByMonthOfIssue.ToDictionary(month => month.Month, month => month.Totals);
        return new(
            Total.Since(opening.Total),
            [.. ByMonthOfIssue.Select(month => (month.Month, month.Totals.Since(openingMonths.GetValueOrDefault(month.Month))))]);
    }
}

/// <summary>
/// Sums over certificates, in minor units: of some ten thousand of the largest they are more than 64 bits hold.
/// Issued + adjusted - spent before - captured + refunded - forfeited = outstanding.
/// </summary>
/// <param name="SpentBefore">What was spent of imported certificates before they came here.</param>
/// <param name="Outstanding">What is not spent, holds included.</param>
/// <param name="Held">Of the outstanding.</param>
/// <param name="Inactive">Of the outstanding: certificates that are switched off. One that has expired besides is in both.</param>
/// <param name="NotStarted">Of the outstanding: certificates that cannot be spent yet.</param>
/// <param name="Expired">Of the outstanding: certificates that can be spent no more.</param>
public readonly record struct LiabilityTotals(
    long Certificates,
    Int128 Issued,
    Int128 Adjusted,
    Int128 SpentBefore,
    Int128 Captured,
    Int128 Refunded,
    Int128 Forfeited,
    Int128 Outstanding,
    Int128 Held,
    Int128 Inactive,
    Int128 NotStarted,
    Int128 Expired)
{
    /// <summary>What was outstanding when the period of these totals began; 0 where they begin with the first certificate.</summary>
    public Int128 Opening { get; init; }

    /// <summary>
    /// The movements since an earlier instant, with what was outstanding then. The number of certificates and what is outstanding, held and
    /// so on stay those of this instant. Opening + issued + adjusted - spent before - captured + refunded - forfeited =
    /// outstanding.
    /// </summary>
    public LiabilityTotals Since(in LiabilityTotals opening) => this with
    {
        Opening = opening.Outstanding,
        Issued = Issued - opening.Issued,
        Adjusted = Adjusted - opening.Adjusted,
        SpentBefore = SpentBefore - opening.SpentBefore,
        Captured = Captured - opening.Captured,
        Refunded = Refunded - opening.Refunded,
        Forfeited = Forfeited - opening.Forfeited,
    };

    public static LiabilityTotals operator +(LiabilityTotals one, LiabilityTotals other) => new(
        one.Certificates + other.Certificates,
        one.Issued + other.Issued,
        one.Adjusted + other.Adjusted,
        one.SpentBefore + other.SpentBefore,
        one.Captured + other.Captured,
        one.Refunded + other.Refunded,
        one.Forfeited + other.Forfeited,
        one.Outstanding + other.Outstanding,
        one.Held + other.Held,
        one.Inactive + other.Inactive,
        one.NotStarted + other.NotStarted,
        one.Expired + other.Expired);
}
