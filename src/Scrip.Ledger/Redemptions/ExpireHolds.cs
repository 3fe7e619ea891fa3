using Scrip.Ledger.Access;

namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Ends the holds that have run out. Every group of a site begins with it, so that nothing is ever decided on a hold that is over; as a
/// command of its own it does only that.
/// </summary>
public sealed record ExpireHolds : Command<HoldsExpired>
{
    public static ExpireHolds Of(long siteId) => new() { SiteId = siteId, Actor = Actors.Clock };

    public override void AddTo(Footprint footprint)
    {
        // What has run out is loaded with every footprint.
    }

    public override Decision<HoldsExpired> DecideOn(LedgerState state, DateTimeOffset now) => Decide(state, this, now);

    public static Decision<HoldsExpired> Decide(LedgerState state, ExpireHolds command, DateTimeOffset now)
    {
        var over = state.OpenHolds.Where(hold => hold.HasRunOut(now)).OrderBy(hold => hold.HoldExpiresAt).ThenBy(hold => hold.Id).ToList();
        if (over.Count == 0)
            return new(new HoldsExpired(0), Changes.None);

        var journal = new EntryWriter(state, command.Actor, capacity: over.Count);
        var certificates = new Dictionary<long, Certificates.Certificate>();
        var ended = new List<Redemption>(over.Count);
        foreach (var hold in over)
        {
            var certificate = certificates.GetValueOrDefault(hold.CertificateId) ?? state.Find(hold.CertificateId)
                ?? throw new InvalidOperationException("A hold was loaded without its certificate.");
            var posting = new Posting(journal, certificate, hold.Id, at: hold.HoldExpiresAt!.Value, updatedAt: now);
            posting.GiveBack(hold.Held, EntryKind.HoldExpired);
            posting.ForfeitGivenBack(hold.Held);
            certificates[hold.CertificateId] = posting.Certificate;
            ended.Add(hold with { State = RedemptionState.Expired, BalanceAfter = posting.Certificate.Balance });
        }
        return new(
            new HoldsExpired(over.Count),
            new Changes { Updated = [.. certificates.Values], Entries = journal.Entries, UpdatedRedemptions = ended });
    }

    protected override void WriteReceipt(HoldsExpired outcome, BinaryWriter receipt) => receipt.Write7BitEncodedInt(outcome.Count);

    protected override HoldsExpired ReadReceipt(BinaryReader receipt) => new(receipt.Read7BitEncodedInt());
}

public sealed record HoldsExpired(int Count);
