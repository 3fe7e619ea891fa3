namespace Scrip.Client;

/// <summary>Certificates whose codes the server draws (docs/issuing.md).</summary>
/// <param name="Count">1 to 100,000.</param>
/// <param name="Value">The face value of each, in whole units.</param>
/// <param name="Pattern">What the codes look like; null for <c>####-####-####-###?</c>.</param>
/// <param name="Alphabet"><c>base32</c> or <c>digits</c>; null for <c>base32</c>.</param>
/// <param name="Batch">The name of their batch; null to name it after its time.</param>
/// <param name="StartsAt">RFC 3339, or a date for the beginning of that day; null for at once.</param>
/// <param name="ExpiresAt">RFC 3339, or a date for the end of that day; null for never.</param>
public sealed record GenerationRequest(
    long Count,
    long Value,
    string? Pattern = null,
    string? Alphabet = null,
    string? Batch = null,
    bool? IsActive = null,
    string? StartsAt = null,
    string? ExpiresAt = null,
    bool? SingleUse = null,
    string? Note = null);

/// <param name="BatchId">Their batch; null for a call without certificates or without a batch.</param>
public sealed record NewCertificates(long? BatchId, IReadOnlyList<CertificateResource> Certificates);
