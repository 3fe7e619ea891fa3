using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger;

/// <summary>Everything that one decision writes. A refusal writes nothing.</summary>
public sealed record Changes
{
    public static readonly Changes None = new();

    /// <summary>New certificates. Their ids follow <see cref="LedgerState.LastCertificateId"/>.</summary>
    public IReadOnlyList<Certificate> Created { get; init; } = [];

    /// <summary>Certificates in their state after the change.</summary>
    public IReadOnlyList<Certificate> Updated { get; init; } = [];

    public IReadOnlyList<Entry> Entries { get; init; } = [];

    /// <summary>The new redemption, if any. Its id follows <see cref="LedgerState.LastRedemptionId"/>.</summary>
    public Redemption? NewRedemption { get; init; }

    /// <summary>Redemptions in their state after the change.</summary>
    public IReadOnlyList<Redemption> UpdatedRedemptions { get; init; } = [];

    /// <summary>With the id that follows <see cref="LedgerState.LastBatchId"/>.</summary>
    public Batch? NewBatch { get; init; }

    /// <summary>The renamed batch.</summary>
    public Batch? UpdatedBatch { get; init; }

    public Site? NewSite { get; init; }
    public ApiToken? NewToken { get; init; }

    /// <summary>The token in its state after the change; null if none changes.</summary>
    public ApiToken? UpdatedToken { get; init; }

    public bool AreNone =>
        Created.Count + Updated.Count + Entries.Count + UpdatedRedemptions.Count == 0
        && NewRedemption is null && NewBatch is null && UpdatedBatch is null && NewSite is null && NewToken is null && UpdatedToken is null;
}
