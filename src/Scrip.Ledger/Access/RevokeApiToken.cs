namespace Scrip.Ledger.Access;

public enum RevokeApiTokenVerdict
{
    NotFound = 1,
    Revoked = 2,
}

/// <summary>
/// Revokes a token at once. Revoking it again changes nothing. <see cref="Command.SiteId"/> is the administrator's own site, where the keys
/// of its requests are remembered.
/// </summary>
public sealed record RevokeApiToken(long TokenId) : Command<RevokeApiTokenOutcome>
{
    /// <summary>The site that the token is for; null for the administrator's own.</summary>
    public long? ForSiteId { get; init; }

    public override void AddTo(Footprint footprint) => footprint.AddAccess();

    public override Decision<RevokeApiTokenOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        var siteId = ForSiteId ?? state.SiteId;
        var token = state.Tokens.FirstOrDefault(known => known.SiteId == siteId && known.Id == TokenId);
        if (token is null)
            return new(new RevokeApiTokenOutcome(RevokeApiTokenVerdict.NotFound), Changes.None);
        var changes = token.RevokedAt is null ? new Changes { UpdatedToken = token with { RevokedAt = now } } : Changes.None;
        return new(new RevokeApiTokenOutcome(RevokeApiTokenVerdict.Revoked), changes);
    }

    protected override void WriteReceipt(RevokeApiTokenOutcome outcome, BinaryWriter receipt) => receipt.Write((byte)outcome.Verdict);

    protected override RevokeApiTokenOutcome ReadReceipt(BinaryReader receipt) => new((RevokeApiTokenVerdict)receipt.ReadByte());
}

public sealed record RevokeApiTokenOutcome(RevokeApiTokenVerdict Verdict);
