namespace Scrip.Client;

/// <summary>The caller's own token and its site.</summary>
/// <param name="Name">The token's name; <c>operator</c> for the admin token of the server's environment.</param>
/// <param name="ExpiresAt">Null for a token that does not expire.</param>
/// <param name="Site">The site's name.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record WhoAmIResource(
    string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, string Site, string Currency, string TimeZone);
