namespace Scrip.Ledger.Certificates;

/// <summary>A certificate as it stands. All amounts are in minor units of its site's currency.</summary>
public sealed record Certificate
{
    /// <summary>1, 2, 3 … in its site, in the order of creation, without gaps.</summary>
    public required long Id { get; init; }

    public required CertificateCode Code { get; init; }
    public required bool IsActive { get; init; }
    public required long FaceValue { get; init; }

    /// <summary>The face value it was issued with; adjustments since are entries.</summary>
    public required long IssuedValue { get; init; }

    public CertificateTerms Terms { get; init; } = CertificateTerms.Unlimited;

    /// <summary>The sum of what its entries captured and did not refund, and of what they forfeited.</summary>
    public long Spent { get; init; }

    /// <summary>The sum of what is reserved for orders that are not captured yet.</summary>
    public long Held { get; init; }

    /// <summary>
    /// For a single use: the site's last redemption when a capture spent it; 0 while none has. What redemptions up to it give back is
    /// forfeited, and what later ones hold of a refund is not.
    /// </summary>
    public long SpentAtRedemptionId { get; init; }

    /// <summary>Counts changes from 1; the ETag of the certificate.</summary>
    public required long Version { get; init; }

    /// <summary>The number of its issue in the journal.</summary>
    public required long IssuedEntryId { get; init; }

    /// <summary>Where its timeline ends in the journal: at its issue while nothing has happened to it since.</summary>
    public required long LastEntryId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The actor that issued it.</summary>
    public required long CreatedBy { get; init; }

    /// <summary>By the clock of the server that wrote it: earlier than before where that clock was set back.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What can be spent.</summary>
    public long Balance => FaceValue - Spent - Held;

    /// <summary>What the shop owes for it.</summary>
    public long Outstanding => FaceValue - Spent;
}
