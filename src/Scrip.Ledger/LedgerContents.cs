using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger;

/// <summary>What a store has found, and locked, for a <see cref="Footprint"/>.</summary>
public sealed record LedgerContents
{
    /// <summary>How many overdue holds a group ends. Further ones are ended in their own transactions.</summary>
    public const int MaxOverdueHolds = 1_000;

    public required long SiteId { get; init; }
    public long LastCertificateId { get; init; }
    public long LastEntryId { get; init; }
    public long LastRedemptionId { get; init; }
    public long LastBatchId { get; init; }

    /// <summary>The certificates found. The same one may appear several times if it was named in several ways.</summary>
    public IReadOnlyCollection<Certificate> Certificates { get; init; } = [];

    /// <summary>
    /// The holder of each requested code that is taken. <see cref="LedgerState"/> takes ownership of the dictionary and changes it.
    /// </summary>
    public Dictionary<CertificateCode, long> Holders { get; init; } = [];

    /// <summary>
    /// The redemptions that were named or have the reference of a payment, and the first <see cref="MaxOverdueHolds"/> overdue holds of the
    /// site. <see cref="Certificates"/> contains the certificates of all of them.
    /// </summary>
    public IReadOnlyCollection<Redemption> Redemptions { get; init; } = [];

    /// <summary>Whether the site may have more overdue holds than were loaded.</summary>
    public bool HasMoreOverdueHolds { get; init; }

    public IReadOnlyCollection<Batch> Batches { get; init; } = [];

    public IReadOnlyCollection<IdempotencyRecord> Records { get; init; } = [];

    /// <summary>All sites, if the footprint asks for access; otherwise empty. The same is true of the tokens.</summary>
    public IReadOnlyCollection<Site> Sites { get; init; } = [];
    public IReadOnlyCollection<ApiToken> Tokens { get; init; } = [];
}
