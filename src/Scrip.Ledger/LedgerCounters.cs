namespace Scrip.Ledger;

/// <summary>The last ids that a site has given out.</summary>
public readonly record struct LedgerCounters(long LastCertificateId, long LastEntryId, long LastRedemptionId);
