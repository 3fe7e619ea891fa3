namespace Scrip.Ledger.Access;

/// <summary>The outcome of a rotation. The numbers are stored: none is ever changed or reused.</summary>
public enum RotateApiTokenVerdict
{
    NotFound = 1,
    Revoked = 2,
    Expired = 3,
    Rotated = 4,
}

/// <summary>
/// Gives a token a new secret. The caller of this command has generated the secret and shows it once; only its hash arrives here. The old
/// secret works for <paramref name="Overlap"/> more. A secret that an earlier rotation replaced ends at once, so that a token never has
/// more than two. <see cref="Command.SiteId"/> is the administrator's own site, where the keys of its requests are remembered.
/// </summary>
public sealed record RotateApiToken(long TokenId, ReadOnlyMemory<byte> Hash, TimeSpan Overlap) : Command<RotateApiTokenOutcome>
{
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <summary>The site that the token is for; null for the administrator's own.</summary>
    public long? ForSiteId { get; init; }

    public override void AddTo(Footprint footprint) => footprint.AddAccess();

    public override Decision<RotateApiTokenOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var siteId = ForSiteId ?? state.SiteId;
        var token = state.Tokens.FirstOrDefault(known => known.SiteId == siteId && known.Id == TokenId);
        if (token is null)
            return Refuse(RotateApiTokenVerdict.NotFound);
        if (token.RevokedAt is not null)
            return Refuse(RotateApiTokenVerdict.Revoked);
        if (!token.IsLive(now))
            return Refuse(RotateApiTokenVerdict.Expired);
        var rotated = token with
        {
            Hash = Hash,
            // Without an overlap the old secret is not kept, so setting the clock back cannot revive it.
            Retiring = Overlap > TimeSpan.Zero ? new RetiringSecret(token.Hash, now + Overlap) : null,
        };
        return new(new RotateApiTokenOutcome(RotateApiTokenVerdict.Rotated, rotated), new Changes { UpdatedToken = rotated });
    }

    /// <summary>The verdict is enough: a retry is not shown the secret again.</summary>
    protected override void WriteReceipt(RotateApiTokenOutcome outcome, BinaryWriter receipt) => receipt.Write((byte)outcome.Verdict);

    protected override RotateApiTokenOutcome ReadReceipt(BinaryReader receipt) =>
        new((RotateApiTokenVerdict)receipt.ReadByte(), Token: null);

    private static Decision<RotateApiTokenOutcome> Refuse(RotateApiTokenVerdict verdict) => new(new(verdict, Token: null), Changes.None);
}

/// <param name="Token">The token after the rotation; null if nothing was rotated, and for a retry.</param>
public sealed record RotateApiTokenOutcome(RotateApiTokenVerdict Verdict, ApiToken? Token);
