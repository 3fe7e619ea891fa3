namespace Scrip.Client;

/// <param name="Site">The site's name.</param>
/// <param name="Scopes">Of <c>certificates:read</c>, <c>certificates:write</c>, <c>admin</c>.</param>
public sealed record ApiTokenRequest(string Site, string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <param name="OverlapSeconds">How long the secret before works beside the new one, up to seven days; null for one day.</param>
public sealed record ApiTokenRotationRequest(long? OverlapSeconds = null);

/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When it was ended; null while it was not.</param>
/// <param name="OverlapEndsAt">When the secret before the last rotation stops working; null where only one works.</param>
/// <param name="Token">The text to call with; only in the answer that creates or rotates it.</param>
public sealed record ApiTokenResource(
    long Id,
    string Site,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    DateTimeOffset? OverlapEndsAt = null,
    string? Token = null);
