namespace Scrip.Ledger;

/// <summary>The last ids that a site has assigned.</summary>
public readonly record struct LedgerCounters(long LastCertificateId, long LastEntryId, long LastRedemptionId, long LastBatchId);
