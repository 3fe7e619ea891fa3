namespace Scrip.Ledger.Redemptions;

/// <summary>The current state of one payment with one certificate. Amounts are in minor units.</summary>
public sealed record Redemption
{
    public const int MaxReferenceLength = 100;
    public const int MaxReasonLength = 200;

    /// <summary>The redemption's number in its site: 1, 2, 3 …</summary>
    public required long Id { get; init; }

    public required long CertificateId { get; init; }

    /// <summary>The shop's own name for what is paid, such as an order number.</summary>
    public required string Reference { get; init; }

    public required RedemptionState State { get; init; }

    /// <summary>What was first taken from the certificate, spent at once or held.</summary>
    public required long Amount { get; init; }

    public required long Captured { get; init; }
    public required long Refunded { get; init; }

    /// <summary>The certificate's balance after the last operation on this redemption.</summary>
    public required long BalanceAfter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the hold ends by itself; null if the redemption never was a hold.</summary>
    public DateTimeOffset? HoldExpiresAt { get; init; }

    /// <summary>What is still held.</summary>
    public long Held => State == RedemptionState.Held ? Amount - Captured : 0;

    public long Refundable => Captured - Refunded;

    /// <summary>
    /// Whether the redemption pays for its reference, or still may. While it is live, no other redemption of the certificate can have the
    /// reference. A released, expired or wholly refunded redemption frees its reference for good, because nothing can be captured from it
    /// any more.
    /// </summary>
    public bool IsLive => State == RedemptionState.Held || (State == RedemptionState.Captured && Refundable > 0);

    public bool HasRunOut(DateTimeOffset now) => State == RedemptionState.Held && HoldExpiresAt <= now;
}

/// <summary>The progress of a redemption, or how its hold ended. The numbers are stored: none is ever changed or reused.</summary>
public enum RedemptionState
{
    Held = 1,
    Captured = 2,
    Released = 3,
    Expired = 4,
}
