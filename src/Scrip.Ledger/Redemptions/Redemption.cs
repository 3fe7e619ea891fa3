namespace Scrip.Ledger.Redemptions;

/// <summary>One payment with one certificate, as it stands. Amounts are in minor units.</summary>
public sealed record Redemption
{
    public const int MaxReferenceLength = 100;
    public const int MaxReasonLength = 200;

    /// <summary>1, 2, 3 … in its site.</summary>
    public required long Id { get; init; }

    public required long CertificateId { get; init; }

    /// <summary>The shop's own name for what is paid, such as its order number.</summary>
    public required string Reference { get; init; }

    public required RedemptionState State { get; init; }

    /// <summary>What was taken from the certificate at first: spent at once, or held.</summary>
    public required long Amount { get; init; }

    public required long Captured { get; init; }
    public required long Refunded { get; init; }

    /// <summary>The certificate's balance after the last operation on this redemption.</summary>
    public required long BalanceAfter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the hold ends by itself; null where there never was one.</summary>
    public DateTimeOffset? HoldExpiresAt { get; init; }

    /// <summary>What is still held.</summary>
    public long Held => State == RedemptionState.Held ? Amount - Captured : 0;

    public long Refundable => Captured - Refunded;

    /// <summary>
    /// Whether it still pays for its reference, or may: then no other redemption of the certificate can have that reference. A released,
    /// expired or wholly refunded redemption frees it, and never takes it back: nothing can be captured of one that holds nothing.
    /// </summary>
    public bool IsLive => State == RedemptionState.Held || (State == RedemptionState.Captured && Refundable > 0);

    public bool HasRunOut(DateTimeOffset now) => State == RedemptionState.Held && HoldExpiresAt <= now;
}

/// <summary>How far a redemption is, or how its hold ended. The numbers are stored: none is changed or used again.</summary>
public enum RedemptionState
{
    Held = 1,
    Captured = 2,
    Released = 3,
    Expired = 4,
}
