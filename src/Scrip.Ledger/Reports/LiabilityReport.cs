namespace Scrip.Ledger.Reports;

/// <summary>What a site owed for its certificates at an instant.</summary>
/// <param name="ByMonthOfIssue">The totals by month, ascending. A month is named by its first day in the site's time zone.</param>
public sealed record LiabilityReport(LiabilityTotals Total, IReadOnlyList<(DateOnly Month, LiabilityTotals Totals)> ByMonthOfIssue)
{
    /// <summary>Returns the report of the period that began with an earlier report. See <see cref="LiabilityTotals.Since"/>.</summary>
    public LiabilityReport Since(LiabilityReport opening)
    {
        var openingMonths = opening.ByMonthOfIssue.ToDictionary(month => month.Month, month => month.Totals);
        return new(
            Total.Since(opening.Total),
            [.. ByMonthOfIssue.Select(month => (month.Month, month.Totals.Since(openingMonths.GetValueOrDefault(month.Month))))]);
    }
}

/// <summary>
/// Sums over certificates, in minor units. They are wider than 64 bits, which some ten thousand of the largest certificates would overflow.
/// Issued + adjusted - spent before - captured + refunded - forfeited = outstanding.
/// </summary>
/// <param name="SpentBefore">What was spent of imported certificates before they came here.</param>
/// <param name="Outstanding">What is not spent, holds included.</param>
/// <param name="Held">The held part of the outstanding amount.</param>
/// <param name="Inactive">
/// The outstanding part on certificates that are switched off. Certificates that have also expired count in both.
/// </param>
/// <param name="NotStarted">The outstanding part that cannot be spent yet.</param>
/// <param name="Expired">The outstanding part that can no longer be spent.</param>
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
    /// <summary>The outstanding amount at the start of the period of these totals; 0 if they begin with the first certificate.</summary>
    public Int128 Opening { get; init; }

    /// <summary>
    /// Returns the movements since an earlier instant, with the outstanding amount at that instant. The number of certificates and the
    /// outstanding, held and similar amounts stay those of this instant. Opening + issued + adjusted - spent before - captured +
    /// refunded - forfeited = outstanding.
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
