using Scrip.Server.Http;

namespace Scrip.Server.Writes;

/// <summary>What the requests of a write look like.</summary>
internal sealed record WriteForm(int MaxBodyBytes)
{
    public static readonly WriteForm WithoutBody = new(0);

    /// <summary>A few values.</summary>
    public static readonly WriteForm Small = new(RequestBody.MaxSmallBytes);

    /// <summary>A few values, of which none must be there.</summary>
    public static readonly WriteForm SmallOptional = Small with { IsBodyOptional = true };

    /// <summary>Whether all members may be left out, and the body with them.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Whether a request without a key is refused: its retry would move money again.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Whether <c>If-Match</c> may name the versions to be written. Elsewhere it is refused rather than ignored.</summary>
    public bool TakesIfMatch { get; init; }

    /// <summary>Told the size of each buffer before it is rented for the body; may throw to prevent that.</summary>
    public Action<int>? BeforeRenting { get; init; }
}
