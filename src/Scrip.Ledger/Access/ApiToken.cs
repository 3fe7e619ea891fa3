namespace Scrip.Ledger.Access;

/// <summary>
/// An API token: the identity that owns idempotency keys, guessing budgets and journal entries. Its secret can be replaced, and only the
/// hash of the secret is kept.
/// </summary>
/// <param name="Hash">SHA-256 of the secret. The secret is too random to be found by trying.</param>
public sealed record ApiToken(
    long SiteId,
    long Id,
    string Name,
    Scopes Scopes,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public const int MaxNameLength = 100;

    /// <summary>
    /// The secret that the last rotation replaced; null if the token was never rotated, or if the rotation ended the old secret at once.
    /// </summary>
    public RetiringSecret? Retiring { get; init; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>A replaced secret, which still works beside the new one for a while.</summary>
/// <param name="Hash">SHA-256 of the replaced secret.</param>
/// <param name="EndsAt">The instant from which the secret is refused.</param>
public sealed record RetiringSecret(ReadOnlyMemory<byte> Hash, DateTimeOffset EndsAt)
{
    public bool IsLive(DateTimeOffset now) => now < EndsAt;
}

/// <summary>What a token may do. The numbers are stored: none is ever changed or reused.</summary>
[Flags]
public enum Scopes
{
    None = 0,
    CertificatesRead = 1,
    CertificatesWrite = 2,
    RedemptionsWrite = 4,
    ReportsRead = 8,
    Admin = 16,
}

/// <summary>The actors that are not tokens in the store.</summary>
public static class Actors
{
    /// <summary>The holder of <c>SCRIP_ADMIN_TOKEN</c>.</summary>
    public const long Operator = 0;

    /// <summary>A loopback caller in Development while the store has no token.</summary>
    public const long Developer = -1;

    /// <summary>The passage of time: a hold ran out.</summary>
    public const long Clock = -2;
}
