using System.Collections.Concurrent;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Reports;
using Scrip.Storage;

namespace Scrip.Server.Reports;

/// <summary>
/// Walks a site's journal and certificates once, in one committed state. During that it keeps about 60 bytes for each certificate, and
/// twice as much for each that has changed since the instant; for a period, all of that for both ends. So only one report is computed at a
/// time, and others wait. At most one caller of each site waits for that place, so that a site with many callers delays another by one
/// report.
/// </summary>
internal sealed class LiabilityReader(IStore store) : IDisposable
{
    private readonly SemaphoreSlim place = new(1, 1);
    private readonly ConcurrentDictionary<long, SemaphoreSlim> turns = new();

    /// <param name="opening">The last instant before a period; null for a report at an instant.</param>
    /// <param name="committedEntryId">Entries up to this number count at the end whatever their dates; 0 if only dates decide.</param>
    public async Task<LiabilityReport> ReadAsync(
        Site site, DateTimeOffset? opening, DateTimeOffset asOf, long committedEntryId, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(site.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            await place.WaitAsync(cancellationToken);
            try
            {
                return await CalculateAsync(site, opening, asOf, committedEntryId, cancellationToken);
            }
            finally
            {
                place.Release();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => place.Dispose();

    private async Task<LiabilityReport> CalculateAsync(
        Site site, DateTimeOffset? opening, DateTimeOffset asOf, long committedEntryId, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.OpenSnapshotAsync(site.Id, cancellationToken);
        var counters = await snapshot.ReadCountersAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        var closed = new LiabilityCalculation(asOf, zone, counters.LastCertificateId) { CommittedEntryId = committedEntryId };
        var opened = opening is { } before ? new LiabilityCalculation(before, zone, counters.LastCertificateId) : null;
        await using (var entries = await snapshot.ReadEntriesAsync(cancellationToken))
        {
            while (await entries.ReadAsync(cancellationToken))
            {
                var entry = entries.Current;
                if (entry.Kind is < EntryKind.Issued or > EntryKind.Opening)
                    throw StorageException.NotUnderstood($"the kind {(int)entry.Kind} of entry {entry.Id}");
                closed.Add(entry);
                opened?.Add(entry);
            }
        }
        await using (var certificates = await snapshot.ReadCertificatesAsync(cancellationToken))
        {
            while (await certificates.ReadAsync(cancellationToken))
            {
                closed.Add(certificates.Current);
                opened?.Add(certificates.Current);
            }
        }
        return opened is null ? closed.Report() : closed.Report().Since(opened.Report());
    }
}
