namespace Scrip.Client;

/// <summary>A certificate with all of its attributes (docs/api/certificates.md).</summary>
/// <param name="Value">The face value in whole units of the site's currency.</param>
/// <param name="Balance">What can still be spent, as a decimal string with the currency's digits; so are the next two.</param>
/// <param name="Spent">What has been paid with the certificate.</param>
/// <param name="Held">What is set aside for open orders.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="StartsAt">The first instant at which the certificate can be spent; null for at once.</param>
/// <param name="ExpiresAt">The first instant at which the certificate can no longer be spent; null for never.</param>
/// <param name="SingleUse">Whether the first capture spends the whole certificate.</param>
/// <param name="BatchId">The batch in which the certificate was created; null for none.</param>
/// <param name="Version">1 when created, one more with each change.</param>
public sealed record CertificateDetailsResource(
    long Id,
    string Code,
    bool IsActive,
    long Value,
    string Balance,
    string Spent,
    string Held,
    string Currency,
    DateTimeOffset? StartsAt,
    DateTimeOffset? ExpiresAt,
    bool SingleUse,
    string? Note,
    long? BatchId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version);
