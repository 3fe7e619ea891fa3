using System.Text.Json;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Tests.Support;

/// <summary>
/// Outcomes as tests write them: <c>Accepted 1:A=500/on v1</c>, <c>Conflict(1) 0 CodeTaken 2</c>. Equal texts are equal outcomes.
/// </summary>
public static class OutcomeText
{
    public static string Of(object? outcome) => outcome switch
    {
        CertificatesOutcome { Verdict: CertificatesVerdict.Accepted } accepted =>
            $"Accepted {string.Join(", ", accepted.Lines.Select(Of))}".TrimEnd(),
        CertificatesOutcome refused => $"{refused.Verdict}({refused.FaultyItems}) {string.Join(", ", refused.Faults.Select(Of))}",
        CreateSiteOutcome or ApiTokenCreated or RevokeApiTokenOutcome => outcome.ToString()!,
        _ => throw new ArgumentException($"Not an outcome: {outcome}"),
    };

    public static string Of(CertificateLine line) => Certificate(line.Id, line.Code.Text, line.FaceValue, line.IsActive, line.Version);

    public static string Of(Entry entry)
    {
        var replaced = entry.Kind switch
        {
            EntryKind.Renamed => $" {Code(entry, "before")}>{Code(entry, "after")}",
            EntryKind.Adjusted => $" {entry.FaceValueAfter - entry.Amount}>{entry.FaceValueAfter}",
            _ => "",
        };
        return $"{entry.CertificateId} {entry.Kind} {entry.Amount:+0;-0;0} balance {entry.BalanceAfter}{replaced}";
    }

    /// <summary>Of a renaming, as its detail has it.</summary>
    public static string Code(Entry entry, string when)
    {
        using var detail = JsonDocument.Parse(entry.Detail!);
        return detail.RootElement.GetProperty("code").GetProperty(when).GetString()!;
    }

    public static string Certificate(long id, string code, long faceValue, bool isActive, long version) =>
        $"{id}:{code}={faceValue}/{(isActive ? "on" : "off")} v{version}";

    private static string Of(ItemFault fault) => $"{fault.Index} {fault.Kind} {fault.Evidence}";
}
