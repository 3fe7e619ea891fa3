namespace Scrip.Ledger.Access;

/// <summary>The numbers are stored: none is changed or used again.</summary>
public enum RotateApiTokenVerdict
{
    NotFound = 1,
    Revoked = 2,
    Expired = 3,
    Rotated = 4,
}

/// <summary>
/// Gives a token a new secret. Its text was made before and is shown once; here only its hash arrives. The secret before works for
/// <paramref name="Overlap"/> more; one that an earlier rotation replaced ends at once, so that a token never has more than two.
/// <see cref="Command.SiteId"/> is the administrator's own site, where the keys of its requests are remembered.
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
            // Without an overlap nothing is kept: no clock that is set back brings the secret to life again.
            Retiring = Overlap > TimeSpan.Zero ? new RetiringSecret(token.Hash, now + Overlap) : null,
        };
        return new(new RotateApiTokenOutcome(RotateApiTokenVerdict.Rotated, rotated), new Changes { UpdatedToken = rotated });
    }

    /// <summary>The verdict is enough: a retry is not shown the text again.</summary>
    protected override void WriteReceipt(RotateApiTokenOutcome outcome, BinaryWriter receipt) => receipt.Write((byte)outcome.Verdict);

    protected override RotateApiTokenOutcome ReadReceipt(BinaryReader receipt) =>
        new((RotateApiTokenVerdict)receipt.ReadByte(), Token: null);

    private static Decision<RotateApiTokenOutcome> Refuse(RotateApiTokenVerdict verdict) => new(new(verdict, Token: null), Changes.None);
}

/// <param name="Token">As it is now; null where nothing was rotated, and for a retry.</param>
public sealed record RotateApiTokenOutcome(RotateApiTokenVerdict Verdict, ApiToken? Token);
