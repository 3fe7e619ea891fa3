namespace Scrip.Client;

/// <param name="Site">The site's name.</param>
/// <param name="Scopes">Of <c>certificates:read</c>, <c>certificates:write</c>, <c>admin</c>.</param>
public sealed record ApiTokenRequest(string Site, string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When it was ended; null while it was not.</param>
/// <param name="Token">The text to call with; only in the answer that creates it.</param>
public sealed record ApiTokenResource(
    long Id,
    string Site,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    string? Token = null);
