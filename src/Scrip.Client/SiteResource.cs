namespace Scrip.Client;

/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record SiteRequest(string Name, string Currency, string TimeZone);

public sealed record SiteResource(long Id, string Name, string Currency, string TimeZone, DateTimeOffset CreatedAt);
