namespace Scrip.Client;

/// <param name="Amount">The decimal that the certificate is to pay; null to ask for any.</param>
/// <param name="Customer">See <see cref="RedemptionRequest.Customer"/>.</param>
public sealed record CodeCheckRequest(string Code, string? Amount = null, string? Customer = null);

/// <summary>Whether a code could pay.</summary>
/// <param name="Value">The face value in whole units of the site's currency.</param>
/// <param name="Balance">What can be spent, as a decimal string.</param>
/// <param name="Reason">
/// Null for a usable certificate; otherwise the first of <c>inactive</c>, <c>not_started</c>, <c>expired</c>, <c>spent</c> and
/// <c>insufficient</c>.
/// </param>
/// <param name="ExpiresAt">The first instant at which the certificate can no longer be spent; null for never.</param>
public sealed record CodeCheckResource(
    long Id,
    string Code,
    bool IsActive,
    long Value,
    string Balance,
    string Currency,
    bool Usable,
    string? Reason,
    bool SingleUse,
    DateTimeOffset? ExpiresAt);
