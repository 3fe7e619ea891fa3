using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>Pays with a certificate: spends an amount at once or holds it for a while.</summary>
/// <param name="Code">The code as the customer typed it; null if <paramref name="CertificateId"/> names the certificate.</param>
/// <param name="Amount">In minor units; null for the whole balance.</param>
/// <param name="Capture">Whether to spend at once; false holds the amount.</param>
/// <param name="HoldExpiresAt">When the hold ends by itself; null for <see cref="DefaultHold"/> from now.</param>
public sealed record RedeemCertificate(
    CertificateCode? Code, long? CertificateId, long? Amount, string Reference, bool Capture, DateTimeOffset? HoldExpiresAt)
    : RedemptionCommand
{
    public static readonly TimeSpan DefaultHold = TimeSpan.FromDays(7);
    public static readonly TimeSpan LongestHold = TimeSpan.FromDays(31);

    /// <summary>Whether the payment takes the balance if it is less than <see cref="Amount"/>.</summary>
    public bool AllowPartial { get; init; }

    public override void AddTo(Footprint footprint)
    {
        if (Code is { } code)
            footprint.AddPayment(code, Reference);
        else
            footprint.AddPayment(CertificateId!.Value, Reference);
    }

    public override Decision<RedemptionOutcome> Decide(LedgerState state, DateTimeOffset now)
    {
        if (!CanEndHold(HoldExpiresAt, now))
            return RedemptionOutcome.Refuse(RedemptionVerdict.HoldExpiryOutOfRange);
        var found = Code is { } code ? state.FindByCode(code) : state.Find(CertificateId!.Value);
        if (found is not { } certificate)
            return RedemptionOutcome.Refuse(RedemptionVerdict.NotFound);
        if (state.FindLive(certificate.Id, Reference) is { } first)
            return RedemptionOutcome.Refuse(RedemptionVerdict.DuplicateReference, first.Id);
        return certificate.For(AllowPartial ? null : Amount, now) switch
        {
            Usability.Inactive => RedemptionOutcome.Refuse(RedemptionVerdict.Inactive),
            Usability.NotStarted => RedemptionOutcome.Refuse(RedemptionVerdict.NotStarted),
            Usability.Expired => RedemptionOutcome.Refuse(RedemptionVerdict.Expired),
            Usability.Spent => RedemptionOutcome.Refuse(RedemptionVerdict.Spent),
            Usability.Insufficient => RedemptionOutcome.Refuse(RedemptionVerdict.InsufficientBalance, certificate.Balance),
            Usability.Usable => Accept(state, certificate, now),
        };
    }

    /// <summary>Whether a hold may end at this instant; null, the default end, always may.</summary>
    internal static bool CanEndHold(DateTimeOffset? end, DateTimeOffset now) => end is null || (end > now && end <= now + LongestHold);

    private Decision<RedemptionOutcome> Accept(LedgerState state, Certificate certificate, DateTimeOffset now)
    {
        var id = state.LastRedemptionId + 1;
        var amount = Math.Min(Amount ?? long.MaxValue, certificate.Balance);
        var journal = new EntryWriter(state, Actor, capacity: 2);
        var posting = new Posting(journal, certificate, id, now, now);
        if (Capture)
        {
            posting.Spend(amount);
            posting.ForfeitRest(released: 0, lastRedemptionId: id);
        }
        else
        {
            posting.Hold(amount);
        }
        var redemption = new Redemption
        {
            Id = id,
            CertificateId = certificate.Id,
            Reference = Reference,
            State = Capture ? RedemptionState.Captured : RedemptionState.Held,
            Amount = amount,
            Captured = Capture ? amount : 0,
            Refunded = 0,
            BalanceAfter = posting.Certificate.Balance,
            CreatedAt = now,
            HoldExpiresAt = Capture ? null : HoldExpiresAt ?? now + DefaultHold,
        };
        return new(
            RedemptionOutcome.Done(redemption, posting.Certificate),
            new Changes { Updated = [posting.Certificate], Entries = journal.Entries, NewRedemption = redemption });
    }
}
