namespace Scrip.Client;

/// <summary>A certificate as the document shows it (docs/api/certificates.md).</summary>
/// <param name="Value">The face value in whole units of the site's currency.</param>
public sealed record CertificateResource(long Id, string Code, bool IsActive, long Value);

/// <summary>An item of a bulk-create. A null member is omitted and has the server's default.</summary>
/// <param name="StartsAt">RFC 3339, or a date for the beginning of that day.</param>
/// <param name="ExpiresAt">RFC 3339, or a date for the end of that day.</param>
/// <param name="Note">At most 500 characters.</param>
public sealed record NewCertificateRequest(
    string Code,
    bool? IsActive = null,
    long? Value = null,
    string? StartsAt = null,
    string? ExpiresAt = null,
    bool? SingleUse = null,
    string? Note = null);

/// <summary>The body of an update. A null member is omitted, and the certificate keeps the stored value.</summary>
/// <param name="Id">Required in a bulk-update; optional in an update of one.</param>
/// <param name="Version">
/// The version that the certificate must have, or null for any. Only in a bulk-update; an update of one takes an ETag.
/// </param>
public sealed record CertificateChangeRequest(
    string Code, bool? IsActive = null, long? Value = null, long? Id = null, long? Version = null);

/// <summary>The body of a PATCH: like <see cref="CertificateChangeRequest"/>, but the code may be omitted as well.</summary>
/// <param name="Id">See <see cref="CertificateChangeRequest"/>.</param>
/// <param name="Version">See <see cref="CertificateChangeRequest"/>.</param>
/// <param name="StartsAt">RFC 3339, or a date for the beginning of that day.</param>
/// <param name="ExpiresAt">RFC 3339, or a date for the end of that day.</param>
public sealed record CertificatePatchRequest(
    string? Code = null,
    bool? IsActive = null,
    long? Value = null,
    long? Id = null,
    long? Version = null,
    TextChange? StartsAt = null,
    TextChange? ExpiresAt = null,
    bool? SingleUse = null,
    TextChange? Note = null);
