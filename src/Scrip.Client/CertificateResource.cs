namespace Scrip.Client;

/// <summary>A certificate as the document shows it (contract, section "The resource").</summary>
/// <param name="Value">Face value in whole units of the site's currency.</param>
public sealed record CertificateResource(long Id, string Code, bool IsActive, long Value);

/// <summary>An item of a bulk-create.</summary>
public sealed record NewCertificateRequest(string Code, bool? IsActive = null, long? Value = null);

/// <summary>The body of an update. What is null is left out and keeps what is stored.</summary>
/// <param name="Id">Required in a bulk-update; in an update of one it may be left out.</param>
public sealed record CertificateChangeRequest(string Code, bool? IsActive = null, long? Value = null, long? Id = null);
