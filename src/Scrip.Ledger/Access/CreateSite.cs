namespace Scrip.Ledger.Access;

public enum CreateSiteVerdict
{
    NameTaken = 1,
    Created = 2,
}

public sealed record CreateSiteOutcome(CreateSiteVerdict Verdict, Site? Site);

/// <summary>
/// Opens a site: a shop with its own certificates and tokens. <see cref="Command.SiteId"/> is the default site, whose administrators
/// administer all sites.
/// </summary>
public sealed record CreateSite(string Name, Currency Currency, string TimeZone) : Command<CreateSiteOutcome>
{
    public override void AddTo(Footprint footprint) => footprint.AddAccess();

    public override Decision<CreateSiteOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        if (state.Sites.Any(known => known.Name == Name))
            return new(new CreateSiteOutcome(CreateSiteVerdict.NameTaken, null), Changes.None);
        var id = state.Sites.Max(known => known.Id) + 1;
        var site = new Site(id, Name, Currency, TimeZone, now);
        return new(new CreateSiteOutcome(CreateSiteVerdict.Created, site), new Changes { NewSite = site });
    }

    protected override void WriteReceipt(CreateSiteOutcome outcome, BinaryWriter receipt)
    {
        receipt.Write((byte)outcome.Verdict);
        if (outcome.Site is not { } site)
            return;
        receipt.Write(site.Id);
        receipt.Write(site.CreatedAt.UtcTicks);
    }

    protected override CreateSiteOutcome ReadReceipt(BinaryReader receipt)
    {
        var verdict = (CreateSiteVerdict)receipt.ReadByte();
        return verdict == CreateSiteVerdict.Created
            ? new(verdict, new Site(receipt.ReadInt64(), Name, Currency, TimeZone, new DateTimeOffset(receipt.ReadInt64(), TimeSpan.Zero)))
            : new(verdict, null);
    }
}
