using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Reports;
using Scrip.Storage;

namespace Scrip.Server.Reports;

/// <summary>
/// Walks a site's journal and certificates once, in one committed state. It keeps about 60 bytes of each certificate meanwhile, and twice
/// as much of each that has changed since the instant, so only one report is made at a time; others wait.
/// </summary>
internal sealed class LiabilityReader(IStore store) : IDisposable
{
    private readonly SemaphoreSlim places = new(1, 1);

    /// <summary>The number of the last entry that is committed.</summary>
    public async Task<long> ReadLastEntryIdAsync(Site site, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.OpenSnapshotAsync(site.Id, cancellationToken);
        return (await snapshot.ReadCountersAsync(cancellationToken)).LastEntryId;
    }

    /// <param name="committedEntryId">What is numbered up to this counts whatever its date; 0 where only dates count.</param>
    public async Task<LiabilityReport> ReadAsync(
        Site site, DateTimeOffset asOf, long committedEntryId, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await using var snapshot = await store.OpenSnapshotAsync(site.Id, cancellationToken);
            var counters = await snapshot.ReadCountersAsync(cancellationToken);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
            var calculation = new LiabilityCalculation(asOf, zone, counters.LastCertificateId) { CommittedEntryId = committedEntryId };
            await using (var entries = await snapshot.ReadEntriesAsync(cancellationToken))
            {
                while (await entries.ReadAsync(cancellationToken))
                {
                    var entry = entries.Current;
                    if (entry.Kind is < EntryKind.Issued or > EntryKind.Forfeited)
                        throw StorageException.NotUnderstood($"the kind {(int)entry.Kind} of entry {entry.Id}");
                    calculation.Add(entry);
                }
            }
            await using (var certificates = await snapshot.ReadCertificatesAsync(cancellationToken))
            {
                while (await certificates.ReadAsync(cancellationToken))
                    calculation.Add(certificates.Current);
            }
            return calculation.Report();
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
