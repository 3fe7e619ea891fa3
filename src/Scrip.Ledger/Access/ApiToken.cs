namespace Scrip.Ledger.Access;

/// <summary>
/// A caller's permission: an identity, to which keys, budgets and entries belong, with a secret that can be replaced. The secret itself is
/// not kept, only its hash.
/// </summary>
/// <param name="Hash">SHA-256 of the token's text, which holds more randomness than any hash could be searched for.</param>
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

    /// <summary>The secret that a rotation has replaced; null where none has, or where it ended at once.</summary>
    public RetiringSecret? Retiring { get; init; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>A replaced secret, which works beside the new one for a while.</summary>
/// <param name="Hash">As <see cref="ApiToken.Hash"/>.</param>
/// <param name="EndsAt">The instant from which it opens nothing.</param>
public sealed record RetiringSecret(ReadOnlyMemory<byte> Hash, DateTimeOffset EndsAt)
{
    public bool IsLive(DateTimeOffset now) => now < EndsAt;
}

/// <summary>The numbers are stored: none is changed or used again.</summary>
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

/// <summary>Who acted, where it was no token of the store.</summary>
public static class Actors
{
    /// <summary>The holder of <c>SCRIP_ADMIN_TOKEN</c>.</summary>
    public const long Operator = 0;

    /// <summary>A loopback caller in Development, while no token has been made.</summary>
    public const long Developer = -1;

    /// <summary>Nobody: a hold ran out.</summary>
    public const long Clock = -2;
}
