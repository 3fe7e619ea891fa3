using System.Globalization;
using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;

namespace Scrip.Tests.Support;

/// <summary>
/// Outcomes as tests write them: <c>Accepted 1:A=500/on v1</c>, <c>Conflict(1) 0 CodeTaken 2</c>, <c>Held 1:R1 of 1:A 100-40+0 balance 400
/// until 60</c> (amount, less what is captured, and what of that is refunded), <c>InsufficientBalance 400</c>. Equal texts are equal outcomes.
/// </summary>
public static class OutcomeText
{
    public static string Of(object? outcome) => outcome switch
    {
        CertificatesOutcome { Verdict: CertificatesVerdict.Accepted } accepted =>
            $"Accepted {string.Join(", ", accepted.Lines.Select((line, at) => Of(line) + Balance(accepted, at)))}".TrimEnd() + InBatch(accepted.BatchId),
        CertificatesOutcome refused => $"{refused.Verdict}({refused.FaultyItems}) {string.Join(", ", refused.Faults.Select(Of))}".TrimEnd(),
        ImportOutcome import => Import(
            import.IsAccepted, import.Created, import.Skipped, import.Value, import.Balance, import.Faults.Select(Of)) + InBatch(import.BatchId),
        RenameBatchOutcome { Batch: { } renamed } => $"Renamed {Of(renamed)}",
        RenameBatchOutcome refused => $"Batch{refused.Verdict}",
        RedemptionOutcome redemption => Of(redemption),
        HoldsExpired expired => $"Expired {expired.Count}",
        CreateSiteOutcome or ApiTokenCreated or RevokeApiTokenOutcome => outcome.ToString()!,
        _ => throw new ArgumentException($"Not an outcome: {outcome}"),
    };

    /// <summary><c>Imported 2 skipped 1 value 500 balance 300: 3 CodeTaken 7</c>, or <c>Refused skipped 1: 3 CodeTaken 7</c>.</summary>
    public static string Import(bool isAccepted, int created, int skipped, decimal value, decimal balance, IEnumerable<string> faults)
    {
        var text = isAccepted ? $"Imported {created} skipped {skipped} value {value} balance {balance}" : $"Refused skipped {skipped}";
        return faults.Any() ? $"{text}: {string.Join(", ", faults)}" : text;
    }

    /// <summary><c>1:May Generated 3-5 worth 15</c>, in whole units.</summary>
    public static string Of(Batch batch) =>
        $"{batch.Id}:{batch.Name ?? "-"} {batch.Source} {batch.FirstCertificateId}-{batch.LastCertificateId} worth {batch.Units}";

    public static string InBatch(long id) => id == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" batch {id}");

    public static string Of(CertificateLine line) => Certificate(line.Id, line.Code.Text, line.FaceValue, line.IsActive, line.Version);

    public static string Of(RedemptionLine line)
    {
        var until = line.HoldExpiresAt is { } end ? $" until {Seconds(end)}" : "";
        return $"{line.State} {line.Id}:{line.Reference} of {line.CertificateId}:{line.Code.Text} "
            + $"{line.Amount}-{line.Captured}+{line.Refunded} balance {line.Balance}{until}";
    }

    public static string Of(Entry entry)
    {
        var redemption = entry.RedemptionId == 0 ? "" : $" r{entry.RedemptionId}";
        var held = entry.RedemptionId == 0 || entry.HeldAfter == 0 ? "" : $" held {entry.HeldAfter}";
        var at = entry.Actor == Actors.Clock ? $" at {Seconds(entry.CreatedAt)}" : "";
        return $"{entry.CertificateId} {entry.Kind}{redemption} {entry.Amount:+0;-0;0} balance {entry.BalanceAfter}{held}{at}{DetailOf(entry)}";
    }

    /// <summary>A code of a renaming, from its detail.</summary>
    public static string Code(Entry entry, string when)
    {
        using var detail = JsonDocument.Parse(entry.Detail!);
        return detail.RootElement.GetProperty("code").GetProperty(when).GetString()!;
    }

    public static string Certificate(long id, string code, long faceValue, bool isActive, long version) =>
        $"{id}:{code}={faceValue}/{(isActive ? "on" : "off")} v{version}";

    /// <summary>The balance, which only a write-off returns.</summary>
    private static string Balance(CertificatesOutcome accepted, int at) =>
        accepted.Balances.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" balance {accepted.Balances[at]}");

    private static string Of(RedemptionOutcome outcome) => outcome.Verdict switch
    {
        RedemptionVerdict.Done => Of(outcome.Redemption!),
        RedemptionVerdict.DuplicateReference or RedemptionVerdict.InsufficientBalance => $"{outcome.Verdict} {outcome.Evidence}",
        RedemptionVerdict.HoldEnded => $"{outcome.Verdict} {(RedemptionState)outcome.Evidence}",
        _ => outcome.Verdict.ToString(),
    };

    private static string Of(ItemFault fault) => $"{fault.Index} {fault.Kind} {fault.Evidence}";

    private static string DetailOf(Entry entry)
    {
        if (entry.Kind == EntryKind.Adjusted)
            return $" {entry.FaceValueAfter - entry.Amount}>{entry.FaceValueAfter}";
        if (entry.Kind == EntryKind.Renamed)
            return $" {Code(entry, "before")}>{Code(entry, "after")}";
        if (entry.Detail is null)
            return "";
        using var detail = JsonDocument.Parse(entry.Detail);
        return $" {string.Join('+', detail.RootElement.EnumerateObject().Select(changed => changed.Name))}";
    }

    private static string Seconds(DateTimeOffset instant) => (instant - Instants.Start).TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
