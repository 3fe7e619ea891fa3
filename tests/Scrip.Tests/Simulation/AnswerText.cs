using System.Globalization;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Tests.Simulation;

/// <summary>The responses and rows of the real system, in the words of the model.</summary>
internal static class AnswerText
{
    public static string Of(WriteAnswer answer) => answer.Outcome switch
    {
        null => SequentialModel.KeyReused,
        CertificatesOutcome { Verdict: CertificatesVerdict.Accepted } accepted =>
            $"Accepted {string.Join(", ", accepted.Lines.Select((line, at) => Of(line) + Balance(accepted, at)))}" + InBatch(accepted.BatchId),
        CertificatesOutcome refused => $"{refused.Verdict} {refused.FaultyItems}: {string.Join(", ", refused.Faults.Select(Of))}",
        ImportOutcome { IsAccepted: true } import =>
            $"Imported {import.Created} from {import.FirstId} worth {import.Value} left {import.Balance} {Rest(import)}" + InBatch(import.BatchId),
        ImportOutcome import => $"Refused {Rest(import)}",
        RenameBatchOutcome { Batch: { } batch } => $"Renamed {Of(batch)}",
        RenameBatchOutcome refused => refused.Verdict.ToString(),
        RedemptionOutcome { Redemption: { } done } => Of(done),
        RedemptionOutcome refused => $"{refused.Verdict} {refused.Evidence}",
        _ => throw new ArgumentException($"No outcome of an operation: {answer.Outcome}"),
    };

    public static string Instant(DateTimeOffset? instant) =>
        instant is { } known ? known.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) : "-";

    /// <summary>The whole ledger of a site, one line for each row.</summary>
    public static async Task<IReadOnlyList<string>> StoredAsync(IStore store, long siteId)
    {
        var lines = new List<string>();
        await using var snapshot = await store.OpenSnapshotAsync(siteId, CancellationToken.None);
        var counters = await snapshot.ReadCountersAsync(CancellationToken.None);
        lines.Add($"last {counters.LastCertificateId} {counters.LastEntryId} {counters.LastRedemptionId} {counters.LastBatchId}");
        await using (var rows = await snapshot.ReadCertificatesAsync(CancellationToken.None))
            await AddAsync(lines, rows, Of);
        await using (var rows = await snapshot.ReadBatchesAsync(CancellationToken.None))
            await AddAsync(lines, rows, Of);
        await using (var rows = await snapshot.ReadEntriesAsync(CancellationToken.None))
            await AddAsync(lines, rows, Of);
        await using (var rows = await snapshot.ReadRedemptionsAsync(CancellationToken.None))
            await AddAsync(lines, rows, Of);
        return lines;
    }

    private static async Task AddAsync<TRow>(List<string> lines, IRows<TRow> rows, Func<TRow, string> text)
    {
        while (await rows.ReadAsync(CancellationToken.None))
            lines.Add(text(rows.Current));
    }

    private static string Balance(CertificatesOutcome accepted, int at) =>
        accepted.Balances.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" balance {accepted.Balances[at]}");

    private static string Of(Batch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"batch {batch.Id}:{batch.Name ?? "-"} {batch.Source} {batch.FirstCertificateId}-{batch.LastCertificateId} worth {batch.Units} at {Instant(batch.CreatedAt)}");

    private static string InBatch(long id) => id == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" batch {id}");

    private static string Rest(ImportOutcome import) => $"skipped {import.Skipped} faults {string.Join(", ", import.Faults.Select(Of))}";

    private static string Of(CertificateLine line) =>
        $"{line.Id}:{line.Code.Text}={line.FaceValue}/{(line.IsActive ? "on" : "off")} v{line.Version}";

    private static string Of(ItemFault fault) => $"{fault.Index} {fault.Kind} {fault.Evidence}";

    private static string Of(RedemptionLine line) =>
        $"Done {line.Id} of {line.CertificateId}:{line.Code.Text} for {line.Reference} {line.State} {line.Amount} "
        + $"captured {line.Captured} refunded {line.Refunded} balance {line.Balance} "
        + $"at {Instant(line.CreatedAt)} until {Instant(line.HoldExpiresAt)}";

    private static string Of(Certificate stored) =>
        $"certificate {stored.Id}:{stored.Code.Text} {(stored.IsActive ? "on" : "off")} face {stored.FaceValue} "
        + $"issued {stored.IssuedValue} spent {stored.Spent} held {stored.Held} "
        + $"{new Terms(stored.Terms.StartsAt, stored.Terms.ExpiresAt, stored.Terms.SingleUse)} v{stored.Version} used up to {stored.SpentAtRedemptionId} "
        + $"entries {stored.IssuedEntryId}..{stored.LastEntryId} by {stored.CreatedBy} "
        + $"at {Instant(stored.CreatedAt)} changed {Instant(stored.UpdatedAt)}";

    private static string Of(Entry entry) =>
        $"entry {entry.Id} after {entry.PreviousId} of {entry.CertificateId} redemption {entry.RedemptionId} {entry.Kind} {entry.Amount} "
        + $"balance {entry.BalanceAfter} held {entry.HeldAfter} face {entry.FaceValueAfter} {entry.Detail} by {entry.Actor} "
        + $"at {Instant(entry.CreatedAt)}";

    private static string Of(Redemption stored) =>
        $"redemption {stored.Id} of {stored.CertificateId} for {stored.Reference} {stored.State} {stored.Amount} "
        + $"captured {stored.Captured} refunded {stored.Refunded} balance {stored.BalanceAfter} "
        + $"at {Instant(stored.CreatedAt)} until {Instant(stored.HoldExpiresAt)}";
}
