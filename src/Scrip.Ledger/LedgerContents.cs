using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger;

/// <summary>What a store found, and locked, of a <see cref="Footprint"/>.</summary>
public sealed record LedgerContents
{
    /// <summary>More of them than a group has commands are ended in transactions of their own.</summary>
    public const int MaxOverdueHolds = 1_000;

    public required long SiteId { get; init; }
    public long LastCertificateId { get; init; }
    public long LastEntryId { get; init; }
    public long LastRedemptionId { get; init; }

    /// <summary>One may come several times, where it was named in several ways.</summary>
    public IReadOnlyCollection<Certificate> Certificates { get; init; } = [];

    /// <summary>For each code asked about that is taken: the certificate that has it. The state goes on with it.</summary>
    public Dictionary<CertificateCode, long> Holders { get; init; } = [];

    /// <summary>
    /// Those named, those that have a reference of a payment, and the first <see cref="MaxOverdueHolds"/> holds of the site that have run
    /// out. The certificates of all of them are among <see cref="Certificates"/>.
    /// </summary>
    public IReadOnlyCollection<Redemption> Redemptions { get; init; } = [];

    /// <summary>There may be more holds that have run out than those.</summary>
    public bool HasMoreOverdueHolds { get; init; }

    public IReadOnlyCollection<IdempotencyRecord> Records { get; init; } = [];

    /// <summary>All sites and all tokens, where the footprint asks for access; otherwise none.</summary>
    public IReadOnlyCollection<Site> Sites { get; init; } = [];
    public IReadOnlyCollection<ApiToken> Tokens { get; init; } = [];
}
