using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>What an operation on a redemption came to, in order of precedence. The numbers are stored in receipts.</summary>
public enum RedemptionVerdict
{
    /// <summary>
    /// The hold would end in the past, or later than it may. Not remembered: the same request may be right at another time.
    /// </summary>
    HoldExpiryOutOfRange = 1,

    /// <summary>No such certificate or redemption. Not remembered: there is nothing that it was decided on.</summary>
    NotFound = 2,

    DuplicateReference = 3,
    Inactive = 4,
    NotStarted = 5,
    Expired = 6,
    Spent = 7,
    HoldEnded = 8,
    InsufficientBalance = 9,
    Done = 10,
}

/// <summary>A redemption as an operation answers it. Amounts are in minor units.</summary>
public sealed record RedemptionLine(
    long Id,
    long CertificateId,
    CertificateCode Code,
    string Reference,
    RedemptionState State,
    long Amount,
    long Captured,
    long Refunded,
    long Balance,
    DateTimeOffset CreatedAt,
    DateTimeOffset? HoldExpiresAt);

/// <param name="Redemption">Null unless it was done.</param>
/// <param name="Evidence">
/// The redemption that has the reference, the <see cref="RedemptionState"/> in which the hold ended, or the minor units that are available;
/// 0 where the verdict says it all.
/// </param>
public sealed record RedemptionOutcome(RedemptionVerdict Verdict, RedemptionLine? Redemption, long Evidence)
{
    internal static Decision<RedemptionOutcome> Refuse(RedemptionVerdict verdict, long evidence = 0) =>
        new(new RedemptionOutcome(verdict, null, evidence), Changes.None);

    internal static RedemptionOutcome Done(Redemption redemption, Certificate certificate) => new(
        RedemptionVerdict.Done,
        new RedemptionLine(
            redemption.Id, redemption.CertificateId, certificate.Code, redemption.Reference, redemption.State, redemption.Amount,
            redemption.Captured, redemption.Refunded, redemption.BalanceAfter, redemption.CreatedAt, redemption.HoldExpiresAt),
        Evidence: 0);
}
