namespace Scrip.Client;

/// <summary>A payment with a certificate (docs/api/redemptions.md). Amounts are decimal strings with the currency's digits.</summary>
/// <param name="Code">The code; only its last four characters for a token that may not read certificates.</param>
/// <param name="Reference">The shop's own name for what is paid.</param>
/// <param name="State"><c>held</c>, <c>captured</c>, <c>released</c> or <c>expired</c>.</param>
/// <param name="Balance">The certificate's balance after the last operation on this redemption.</param>
/// <param name="HoldExpiresAt">When the hold ends; null if nothing was held.</param>
public sealed record RedemptionResource(
    long Id,
    long CertificateId,
    string Code,
    string Reference,
    string State,
    string Amount,
    string Captured,
    string Refunded,
    string Balance,
    DateTimeOffset CreatedAt,
    DateTimeOffset? HoldExpiresAt);

/// <summary>A payment to be made. Exactly one of <see cref="Code"/> and <see cref="CertificateId"/> is not null.</summary>
public sealed record RedemptionRequest
{
    public string? Code { get; init; }

    /// <summary>Needs a token that may read certificates.</summary>
    public long? CertificateId { get; init; }

    /// <summary>A decimal such as <c>149.90</c>; null for the whole balance.</summary>
    public string? Amount { get; init; }

    /// <summary>The shop's own name for what is paid, such as its order number: 1 to 100 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>False to hold the amount for a later capture; null for true.</summary>
    public bool? Capture { get; init; }

    /// <summary>RFC 3339, at most 31 days ahead; null for seven days. Only for a hold.</summary>
    public DateTimeOffset? HoldExpiresAt { get; init; }

    /// <summary>True to take the balance where it is less than the amount.</summary>
    public bool? AllowPartial { get; init; }

    /// <summary>Identifies the person who typed the code, for the budgets of wrong codes: 1 to 100 characters.</summary>
    public string? Customer { get; init; }
}

/// <param name="Amount">A decimal; null for all that is held.</param>
/// <param name="Final">False to keep the rest held; null for true, which releases the rest.</param>
public sealed record CaptureRequest(string? Amount = null, bool? Final = null);

/// <param name="Amount">A decimal; null for all that is captured and not yet refunded.</param>
/// <param name="Reason">At most 200 characters.</param>
public sealed record RefundRequest(string? Amount = null, string? Reason = null);
