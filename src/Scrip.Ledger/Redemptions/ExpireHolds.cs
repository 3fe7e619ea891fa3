using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>
/// Ends the holds that have run out. Every group of a site begins with this command, so that no decision relies on a hold that is over. It
/// can also be executed on its own.
/// </summary>
public sealed record ExpireHolds : Command<HoldsExpired>
{
    public static ExpireHolds Of(long siteId) => new() { Origin = new(siteId, Actors.Clock) };

    public override void AddTo(Footprint footprint)
    {
        // Every footprint loads the overdue holds, so there is nothing to add.
    }

    public override Decision<HoldsExpired> Decide(LedgerState state, DateTimeOffset now)
    {
        var over = state.OpenHolds.Where(hold => hold.HasRunOut(now)).OrderBy(hold => hold.HoldExpiresAt).ThenBy(hold => hold.Id).ToList();
        if (over.Count == 0)
            return new(HoldsExpired.None, Changes.None);

        var journal = new EntryWriter(state, Actor, capacity: over.Count);
        var certificates = new Dictionary<long, Certificates.Certificate>();
        var ended = new List<Redemption>(over.Count);
        var stuck = new List<Redemption>();
        foreach (var hold in over)
        {
            var certificate = certificates.GetValueOrDefault(hold.CertificateId) ?? state.Find(hold.CertificateId);
            if (certificate is null || !CanGiveBack(certificate, hold.Held))
            {
                stuck.Add(hold);
                continue;
            }
            var posting = new Posting(journal, certificate, hold.Id, at: hold.HoldExpiresAt!.Value, updatedAt: now);
            posting.GiveBack(hold.Held, EntryKind.HoldExpired);
            posting.ForfeitGivenBack(hold.Held);
            certificates[hold.CertificateId] = posting.Certificate;
            ended.Add(hold with { State = RedemptionState.Expired, BalanceAfter = posting.Certificate.Balance });
        }
        return new(
            new HoldsExpired(ended.Count) { Stuck = stuck },
            new Changes { Updated = [.. certificates.Values], Entries = journal.Entries, UpdatedRedemptions = ended });
    }

    /// <summary>
    /// False only if the rows of a certificate and its holds contradict each other. Such a hold stays open: failing would block every other
    /// write of the site.
    /// </summary>
    private static bool CanGiveBack(Certificates.Certificate certificate, long amount) =>
        amount > 0 && amount <= certificate.Held && certificate.Spent >= 0 && certificate.Balance >= 0;

    protected override void WriteReceipt(HoldsExpired outcome, BinaryWriter receipt) => receipt.Write7BitEncodedInt(outcome.Count);

    protected override HoldsExpired ReadReceipt(BinaryReader receipt) => new(receipt.Read7BitEncodedInt());
}

public sealed record HoldsExpired(int Count)
{
    public static readonly HoldsExpired None = new(0);

    /// <summary>Overdue holds that cannot end because their certificate is missing or holds less than they do.</summary>
    public IReadOnlyList<Redemption> Stuck { get; init; } = [];
}
