using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Redemptions;

/// <summary>
/// The verdict on an operation on a redemption, in order of precedence. The numbers are stored in receipts: none is ever changed or reused.
/// </summary>
public enum RedemptionVerdict
{
    /// <summary>
    /// The hold would end in the past or too far in the future. Not remembered: the same request may be valid at another time.
    /// </summary>
    HoldExpiryOutOfRange = 1,

    /// <summary>The certificate or redemption was not found. Not remembered: no stored state was the basis of the decision.</summary>
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

/// <summary>A redemption as an operation returns it. Amounts are in minor units.</summary>
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

/// <param name="Redemption">Null if the operation was refused.</param>
/// <param name="Evidence">
/// The redemption that has the reference, the <see cref="RedemptionState"/> in which the hold ended, or the available minor units; 0 if the
/// verdict says everything.
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
