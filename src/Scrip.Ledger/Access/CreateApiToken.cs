namespace Scrip.Ledger.Access;

/// <summary>
/// Creates a token for a caller of a site. The caller of this command has generated the secret and shows it once; only its hash arrives
/// here. <see cref="Command.SiteId"/> is the administrator's own site, where the keys of its requests are remembered.
/// </summary>
public sealed record CreateApiToken(string Name, Scopes Scopes, ReadOnlyMemory<byte> Hash, DateTimeOffset? ExpiresAt)
    : Command<ApiTokenCreated>
{
    /// <summary>The site that the token is for; null for the administrator's own.</summary>
    public long? ForSiteId { get; init; }

    public override void AddTo(Footprint footprint) => footprint.AddAccess();

    public override Decision<ApiTokenCreated> Decide(LedgerState state, DateTimeOffset now)
    {
        var siteId = ForSiteId ?? state.SiteId;
        var id = state.Tokens.Where(token => token.SiteId == siteId).Select(token => token.Id).DefaultIfEmpty().Max() + 1;
        var token = new ApiToken(siteId, id, Name, Scopes, Hash, now, ExpiresAt, RevokedAt: null);
        return new(new ApiTokenCreated(id, now), new Changes { NewToken = token });
    }

    protected override void WriteReceipt(ApiTokenCreated outcome, BinaryWriter receipt)
    {
        receipt.Write(outcome.Id);
        receipt.Write(outcome.CreatedAt.UtcTicks);
    }

    protected override ApiTokenCreated ReadReceipt(BinaryReader receipt) =>
        new(receipt.ReadInt64(), new DateTimeOffset(receipt.ReadInt64(), TimeSpan.Zero));
}

public sealed record ApiTokenCreated(long Id, DateTimeOffset CreatedAt);
