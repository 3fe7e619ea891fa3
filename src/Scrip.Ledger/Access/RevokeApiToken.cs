namespace Scrip.Ledger.Access;

public enum RevokeApiTokenVerdict
{
    NotFound = 1,
    Revoked = 2,
}

/// <summary>Ends a token of the site at once. Ending it again changes nothing.</summary>
public sealed record RevokeApiToken(long TokenId) : Command<RevokeApiTokenOutcome>
{
    public override void AddTo(Footprint footprint) => footprint.AddAccess();

    public override Decision<RevokeApiTokenOutcome> DecideOn(LedgerState state, DateTimeOffset now) => Decide(state, this, now);

    public static Decision<RevokeApiTokenOutcome> Decide(LedgerState state, RevokeApiToken command, DateTimeOffset now)
    {
        var token = state.Tokens.FirstOrDefault(known => known.SiteId == state.SiteId && known.Id == command.TokenId);
        if (token is null)
            return new(new RevokeApiTokenOutcome(RevokeApiTokenVerdict.NotFound), Changes.None);
        var changes = token.RevokedAt is null ? new Changes { RevokedToken = token with { RevokedAt = now } } : Changes.None;
        return new(new RevokeApiTokenOutcome(RevokeApiTokenVerdict.Revoked), changes);
    }

    protected override void WriteReceipt(RevokeApiTokenOutcome outcome, BinaryWriter receipt) => receipt.Write((byte)outcome.Verdict);

    protected override RevokeApiTokenOutcome ReadReceipt(BinaryReader receipt) => new((RevokeApiTokenVerdict)receipt.ReadByte());
}

public sealed record RevokeApiTokenOutcome(RevokeApiTokenVerdict Verdict);
