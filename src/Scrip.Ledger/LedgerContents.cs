using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a store found, and locked, of a <see cref="Footprint"/>.</summary>
public sealed record LedgerContents
{
    public required long SiteId { get; init; }
    public long LastCertificateId { get; init; }
    public long LastEntryId { get; init; }
    public IReadOnlyCollection<Certificate> Certificates { get; init; } = [];

    /// <summary>For each code asked about that is taken: the certificate that has it.</summary>
    public IReadOnlyDictionary<CertificateCode, long> Holders { get; init; } = new Dictionary<CertificateCode, long>();

    public IReadOnlyCollection<IdempotencyRecord> Records { get; init; } = [];

    /// <summary>All sites and all tokens, where the footprint asks for access; otherwise none.</summary>
    public IReadOnlyCollection<Site> Sites { get; init; } = [];
    public IReadOnlyCollection<ApiToken> Tokens { get; init; } = [];
}
