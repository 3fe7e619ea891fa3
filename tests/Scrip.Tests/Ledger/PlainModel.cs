using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// The rules once more, as plainly as they can be put: one dictionary, one command at a time, no groups and no footprints.
/// </summary>
internal sealed class PlainModel
{
    private readonly SortedDictionary<long, Row> rows = [];

    public PlainModel(params Certificate[] stored)
    {
        foreach (var certificate in stored)
        {
            var used = certificate.Spent + certificate.Held;
            var row = new Row(certificate.Code.Text, certificate.IsActive, certificate.FaceValue, certificate.Version, used);
            rows.Add(certificate.Id, row);
        }
    }

    public IEnumerable<string> Certificates => rows.Select(row => Text(row.Key, row.Value));

    public string Run(Command command) => command switch
    {
        CreateCertificates create => Create(create.Items),
        UpdateCertificates update => Update(update.Items, update.ExpectedVersions),
        _ => throw new ArgumentException($"Not modelled: {command}"),
    };

    private string Create(IReadOnlyList<NewCertificate> items)
    {
        var taken = Faults(items, item => [.. rows.Where(row => row.Value.Code == item.Code.Text).Select(row => $"CodeTaken {row.Key}")]);
        if (taken.Count > 0)
            return Refused("Conflict", taken);
        var lines = new List<string>();
        foreach (var item in items)
        {
            var row = new Row(item.Code.Text, item.IsActive, item.FaceValue, 1, 0);
            rows.Add(rows.Count + 1, row);
            lines.Add(Text(rows.Count, row));
        }
        return Accepted(lines);
    }

    private string Update(IReadOnlyList<CertificateChange> items, IReadOnlyList<long>? expected)
    {
        var missing = Faults(items, item => rows.ContainsKey(item.Id) ? [] : [$"NotFound {item.Id}"]);
        if (missing.Count > 0)
            return Refused("NotFound", missing);
        var stale = Faults(items, item =>
            expected?.Contains(rows[item.Id].Version) == false ? [$"VersionMismatch {rows[item.Id].Version}"] : []);
        if (stale.Count > 0)
            return Refused("PreconditionFailed", stale);

        var after = rows.ToDictionary(row => row.Key, row => row.Value);
        foreach (var item in items)
        {
            var old = rows[item.Id];
            var changed = old with
            {
                Code = item.Code.Text,
                IsActive = item.IsActive ?? old.IsActive,
                FaceValue = item.FaceValue ?? old.FaceValue,
            };
            after[item.Id] = changed == old ? old : changed with { Version = old.Version + 1 };
        }
        var conflicts = Faults(items, item =>
        [
            .. after.Where(other => other.Key != item.Id && other.Value.Code == item.Code.Text).Select(other => $"CodeTaken {other.Key}"),
            .. after[item.Id].FaceValue < after[item.Id].Used ? new[] { $"ValueBelowUsed {after[item.Id].Used}" } : [],
        ]);
        if (conflicts.Count > 0)
            return Refused("Conflict", conflicts);
        foreach (var item in items)
            rows[item.Id] = after[item.Id];
        return Accepted(items.Select(item => Text(item.Id, rows[item.Id])));
    }

    private static List<(int Index, string Fault)> Faults<T>(IReadOnlyList<T> items, Func<T, string[]> find) =>
        [.. items.SelectMany((item, index) => find(item).Select(fault => (index, fault)))];

    private static string Refused(string verdict, List<(int Index, string Fault)> faults) =>
        $"{verdict}({faults.DistinctBy(fault => fault.Index).Count()}) "
        + string.Join(", ", faults.Select(fault => $"{fault.Index} {fault.Fault}"));

    private static string Accepted(IEnumerable<string> lines) => $"Accepted {string.Join(", ", lines)}".TrimEnd();

    private static string Text(long id, Row row) => OutcomeText.Certificate(id, row.Code, row.FaceValue, row.IsActive, row.Version);

    private sealed record Row(string Code, bool IsActive, long FaceValue, long Version, long Used);
}
