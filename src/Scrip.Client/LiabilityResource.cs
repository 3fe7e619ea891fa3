namespace Scrip.Client;

/// <summary>What the shop owes at an instant, or at the end of a period (docs/api/redemptions.md). Amounts are decimal strings.</summary>
/// <param name="From">The beginning of the period; null for a report at an instant.</param>
/// <param name="OpeningBalance">What was outstanding at the beginning of the period; null for a report at an instant.</param>
/// <param name="Opening">What had been spent elsewhere before the certificates were imported.</param>
/// <param name="ClosingBalance">What is outstanding at the end of the period; null for a report at an instant.</param>
/// <param name="Outstanding">What is not spent, holds included. The next four are parts of this amount.</param>
/// <param name="Months">The same by month of issue.</param>
public sealed record LiabilityResource(
    DateTimeOffset AsOf,
    string Currency,
    long Certificates,
    string Issued,
    string Adjusted,
    string Opening,
    string Captured,
    string Refunded,
    string Forfeited,
    string Outstanding,
    string Held,
    string Inactive,
    string NotStarted,
    string Expired,
    IReadOnlyList<LiabilityMonthResource> Months,
    DateTimeOffset? From = null,
    string? OpeningBalance = null,
    string? ClosingBalance = null);

/// <summary>The part of a <see cref="LiabilityResource"/> that was issued in one month.</summary>
/// <param name="Month">The month in the site's time zone, such as <c>2026-11</c>.</param>
public sealed record LiabilityMonthResource(
    string Month,
    long Certificates,
    string Issued,
    string Adjusted,
    string Opening,
    string Captured,
    string Refunded,
    string Forfeited,
    string Outstanding,
    string Held,
    string Inactive,
    string NotStarted,
    string Expired,
    string? OpeningBalance = null,
    string? ClosingBalance = null);
