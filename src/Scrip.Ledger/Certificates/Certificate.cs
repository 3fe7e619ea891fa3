namespace Scrip.Ledger.Certificates;

/// <summary>The current state of a certificate. All amounts are in minor units of its site's currency.</summary>
public sealed record Certificate
{
    /// <summary>The certificate's number in its site: 1, 2, 3 … in the order of creation, without gaps.</summary>
    public required long Id { get; init; }

    public required CertificateCode Code { get; init; }
    public required bool IsActive { get; init; }
    public required long FaceValue { get; init; }

    /// <summary>The face value at issue. Later adjustments are entries.</summary>
    public required long IssuedValue { get; init; }

    public CertificateTerms Terms { get; init; } = CertificateTerms.Unlimited;

    /// <summary>What its entries captured and did not refund, plus what they forfeited.</summary>
    public long Spent { get; init; }

    /// <summary>What is reserved for orders that are not captured yet.</summary>
    public long Held { get; init; }

    /// <summary>
    /// For a single-use certificate: the site's last redemption id when a capture spent the certificate; 0 before that. What redemptions up
    /// to this id give back is forfeited; what later redemptions hold of a refund is not.
    /// </summary>
    public long SpentAtRedemptionId { get; init; }

    /// <summary>The number of changes, counted from 1. It is the certificate's ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The journal number of the certificate's issue.</summary>
    public required long IssuedEntryId { get; init; }

    /// <summary>
    /// The id of the certificate's newest journal entry; <see cref="IssuedEntryId"/> until something happens to the certificate.
    /// </summary>
    public required long LastEntryId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The actor that issued the certificate.</summary>
    public required long CreatedBy { get; init; }

    /// <summary>
    /// When the certificate was last written, by the clock of the server that wrote it. It can move backwards if that clock was set back.
    /// </summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What can still be spent.</summary>
    public long Balance => FaceValue - Spent - Held;

    /// <summary>What the shop owes for the certificate, holds included.</summary>
    public long Outstanding => FaceValue - Spent;
}
