namespace Scrip.Client;

/// <param name="Site">The site's name.</param>
/// <param name="Scopes">
/// Any of <c>certificates:read</c>, <c>certificates:write</c>, <c>redemptions:write</c>, <c>reports:read</c> and <c>admin</c>.
/// </param>
public sealed record ApiTokenRequest(string Site, string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <param name="OverlapSeconds">How long the old secret keeps working beside the new one, up to seven days; null for one day.</param>
public sealed record ApiTokenRotationRequest(long? OverlapSeconds = null);

/// <param name="ExpiresAt">When the token expires; null for never.</param>
/// <param name="RevokedAt">When the token was revoked; null if it was not.</param>
/// <param name="OverlapEndsAt">When the secret before the last rotation stops working; null if only one secret works.</param>
/// <param name="Token">The secret to call with; only in the response that creates or rotates the token.</param>
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
