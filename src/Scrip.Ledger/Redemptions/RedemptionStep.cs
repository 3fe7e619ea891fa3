using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>An operation on an existing redemption.</summary>
public abstract record RedemptionStep(long RedemptionId) : RedemptionCommand
{
    public sealed override void AddTo(Footprint footprint) => footprint.AddRedemption(RedemptionId);

    public override Decision<RedemptionOutcome> Decide(LedgerState state, DateTimeOffset now) =>
        state.FindRedemption(RedemptionId) is { } redemption
            ? Decide(state, redemption, now)
            : RedemptionOutcome.Refuse(RedemptionVerdict.NotFound);

    private protected abstract Decision<RedemptionOutcome> Decide(LedgerState state, Redemption redemption, DateTimeOffset now);

    private protected Decision<RedemptionOutcome> Accept(
        LedgerState state, Redemption redemption, DateTimeOffset now, Action<Posting> move, Func<Redemption, Redemption> change)
    {
        var certificate = CertificateOf(state, redemption);
        var journal = new EntryWriter(state, Actor, capacity: 3);
        var posting = new Posting(journal, certificate, redemption.Id, now, now);
        move(posting);
        var changed = change(redemption) with { BalanceAfter = posting.Certificate.Balance };
        return new(
            RedemptionOutcome.Done(changed, posting.Certificate),
            new Changes { Updated = [posting.Certificate], Entries = journal.Entries, UpdatedRedemptions = [changed] });
    }

    private protected static Certificate CertificateOf(LedgerState state, Redemption redemption) =>
        state.Find(redemption.CertificateId)
            ?? throw new InvalidOperationException("A redemption was loaded without its certificate.");
}
