using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// The same rules as simply as possible: two dictionaries, one command at a time, no groups and no footprints. A hold that has run out ends
/// before anything else happens.
/// </summary>
internal sealed partial class PlainModel
{
    private readonly SortedDictionary<long, Row> rows = [];
    private readonly List<(string? Name, string Made)> batches = [];
    private DateTimeOffset now;

    public PlainModel(params Certificate[] stored)
    {
        foreach (var certificate in stored)
        {
            rows.Add(certificate.Id, new Row
            {
                Code = certificate.Code.Text,
                IsActive = certificate.IsActive,
                FaceValue = certificate.FaceValue,
                Spent = certificate.Spent,
                Held = certificate.Held,
                Version = certificate.Version,
                UpdatedAt = certificate.UpdatedAt,
                StartsAt = certificate.Terms.StartsAt,
                ExpiresAt = certificate.Terms.ExpiresAt,
                SingleUse = certificate.Terms.SingleUse,
            });
        }
    }

    public IEnumerable<string> Certificates => rows.Select(row => Text(row.Key, row.Value) + $" spent {row.Value.Spent} held {row.Value.Held}");

    public IEnumerable<string> Batches => batches.Select((_, at) => BatchText(at + 1));

    public string Run(Command command, DateTimeOffset at)
    {
        now = at;
        EndHolds();
        return command switch
        {
            CreateCertificates create => Create(create.Items, create.Batch),
            GenerateCertificates generate => Generate(generate),
            RenameBatch rename => Rename(rename),
            ImportCertificates import => Import(import),
            UpdateCertificates update => Update(update.Items, update.ExpectedVersions),
            RedeemCertificate redeem => Redeem(redeem),
            CaptureHold capture => Capture(capture),
            ReleaseHold release => Release(release),
            ExtendHold extend => Extend(extend),
            RefundRedemption refund => Refund(refund),
            WriteOffCertificates writeOff => WriteOff(writeOff.Items),
            ExpireHolds => "Expired 0",
            _ => throw new ArgumentException($"Not modelled: {command}"),
        };
    }

    private string Create(IReadOnlyList<NewCertificate> items, NewBatch? batch)
    {
        var taken = Faults(items, item => [.. rows.Where(row => row.Value.Code == item.Code.Text).Select(row => $"CodeTaken {row.Key}")]);
        if (taken.Count > 0)
            return Refused("Conflict", taken);
        var lines = new List<string>();
        foreach (var item in items)
        {
            var row = new Row { Code = item.Code.Text, IsActive = item.IsActive, FaceValue = item.FaceValue, Version = 1, UpdatedAt = now };
            if (item.Terms is { } terms)
                row = row with { StartsAt = terms.StartsAt, ExpiresAt = terms.ExpiresAt, SingleUse = terms.SingleUse };
            rows.Add(rows.Count + 1, row);
            lines.Add(Text(rows.Count, row));
        }
        return Accepted(lines) + InBatch(batch, items);
    }

    private string Generate(GenerateCertificates generate)
    {
        var free = generate.Drawn.Where(code => rows.Values.All(row => CertificateCode.Fold(row.Code) != code.Folded)).Take(generate.Count).ToList();
        return free.Count < generate.Count
            ? Refused("Conflict", [])
            : Create([.. free.Select(code => new NewCertificate(code, generate.IsActive, generate.FaceValue, generate.Terms))], generate.Batch);
    }

    private string Rename(RenameBatch rename)
    {
        if (rename.BatchId < 1 || rename.BatchId > batches.Count)
            return "BatchNotFound";
        var at = (int)rename.BatchId - 1;
        batches[at] = batches[at] with { Name = rename.Name };
        return $"Renamed {BatchText(rename.BatchId)}";
    }

    /// <summary>Once the items are the last rows.</summary>
    private string InBatch(NewBatch? batch, IReadOnlyList<NewCertificate> items)
    {
        if (batch is not { } made || items.Count == 0)
            return "";
        batches.Add((made.Name, $"{made.Source} {rows.Count - items.Count + 1}-{rows.Count} worth {items.Sum(item => item.FaceValue / 100)}"));
        return OutcomeText.InBatch(batches.Count);
    }

    private string BatchText(long id) => $"{id}:{batches[(int)id - 1].Name ?? "-"} {batches[(int)id - 1].Made}";

    private string Import(ImportCertificates import)
    {
        var faults = new List<string>();
        var taken = new List<NewCertificate>();
        var skipped = 0;
        for (var index = 0; index < import.Items.Count; index++)
        {
            var code = import.Items[index].Code;
            var same = rows.Where(row => row.Value.Code == code.Text).Select(row => row.Key).ToList();
            var alike = rows.Where(row => CertificateCode.Fold(row.Value.Code) == code.Folded).Select(row => row.Key).ToList();
            if (same.Count > 0 && import.Existing == ExistingCodes.Skip)
                skipped++;
            else if (same.Count > 0)
                faults.Add($"{index} CodeTaken {same[0]}");
            else if (alike.Count > 0)
                faults.Add($"{index} CodeSimilar {alike.Min()}");
            else
                taken.Add(import.Items[index]);
        }
        var isAccepted = faults.Count == 0 || import.LeavesOut;
        if (!isAccepted)
            taken = [];
        foreach (var item in import.IsDryRun ? [] : taken)
        {
            rows.Add(rows.Count + 1, new Row
            {
                Code = item.Code.Text,
                IsActive = item.IsActive,
                FaceValue = item.FaceValue,
                Spent = item.SpentBefore,
                Version = 1,
                UpdatedAt = now,
                StartsAt = item.Terms?.StartsAt,
                ExpiresAt = item.Terms?.ExpiresAt,
                SingleUse = item.Terms?.SingleUse == true,
            });
        }
        var text = OutcomeText.Import(
            isAccepted, taken.Count, skipped, taken.Sum(item => item.FaceValue), taken.Sum(item => item.FaceValue - item.SpentBefore), faults);
        return text + InBatch(import.IsDryRun ? null : import.Batch, taken);
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
                Code = item.Code?.Text ?? old.Code,
                IsActive = item.IsActive ?? old.IsActive,
                FaceValue = item.FaceValue ?? old.FaceValue,
                StartsAt = item.Terms is { StartsAt.IsGiven: true } start ? start.StartsAt.Value : old.StartsAt,
                ExpiresAt = item.Terms is { ExpiresAt.IsGiven: true } end ? end.ExpiresAt.Value : old.ExpiresAt,
                SingleUse = item.Terms is { SingleUse.IsGiven: true } use ? use.SingleUse.Value : old.SingleUse,
            };
            after[item.Id] = changed == old ? old : Changed(changed);
        }
        var conflicts = Faults(items, item =>
        [
            .. item.Version is { } version && version != rows[item.Id].Version ? new[] { $"VersionMismatch {rows[item.Id].Version}" } : [],
            .. after.Where(other => other.Key != item.Id && other.Value.Code == item.Code?.Text).Select(other => $"CodeTaken {other.Key}"),
            .. after[item.Id].Balance < 0 ? new[] { $"ValueBelowUsed {after[item.Id].Spent + after[item.Id].Held}" } : [],
            .. item.Terms is not null && after[item.Id].ExpiresAt <= after[item.Id].StartsAt ? new[] { "ExpiresBeforeStart 0" } : [],
        ]);
        if (conflicts.Count > 0)
        {
            var isStaleOnly = conflicts.All(conflict => conflict.Fault.StartsWith("VersionMismatch", StringComparison.Ordinal));
            return Refused(isStaleOnly ? "PreconditionFailed" : "Conflict", conflicts);
        }
        foreach (var item in items)
            rows[item.Id] = after[item.Id];
        return Accepted(items.Select(item => Text(item.Id, rows[item.Id])));
    }

    private string WriteOff(IReadOnlyList<WriteOff> items)
    {
        var missing = Faults(items, item => rows.ContainsKey(item.CertificateId) ? [] : [$"NotFound {item.CertificateId}"]);
        if (missing.Count > 0)
            return Refused("NotFound", missing);
        var spent = Faults(items, item => rows[item.CertificateId].Balance == 0 ? [$"NothingLeft {item.CertificateId}"] : []);
        if (spent.Count > 0)
            return Refused("Spent", spent);
        var tooMuch = Faults(items, item =>
            item.Amount > rows[item.CertificateId].Balance ? [$"AmountAboveBalance {rows[item.CertificateId].Balance}"] : []);
        if (tooMuch.Count > 0)
            return Refused("InsufficientBalance", tooMuch);
        var lines = new List<string>();
        foreach (var item in items)
        {
            var row = rows[item.CertificateId];
            rows[item.CertificateId] = row = Changed(row with { Spent = row.Spent + (item.Amount ?? row.Balance) });
            lines.Add($"{Text(item.CertificateId, row)} balance {row.Balance}");
        }
        return Accepted(lines);
    }

    private Row Changed(Row row) => row with { Version = row.Version + 1, UpdatedAt = now };

    private static List<(int Index, string Fault)> Faults<T>(IReadOnlyList<T> items, Func<T, string[]> find) =>
        [.. items.SelectMany((item, index) => find(item).Select(fault => (index, fault)))];

    private static string Refused(string verdict, List<(int Index, string Fault)> faults) =>
        ($"{verdict}({faults.DistinctBy(fault => fault.Index).Count()}) "
        + string.Join(", ", faults.Select(fault => $"{fault.Index} {fault.Fault}"))).TrimEnd();

    private static string Accepted(IEnumerable<string> lines) => $"Accepted {string.Join(", ", lines)}".TrimEnd();

    private static string Text(long id, Row row) => OutcomeText.Certificate(id, row.Code, row.FaceValue, row.IsActive, row.Version);

    private sealed record Row
    {
        public required string Code { get; init; }
        public required bool IsActive { get; init; }
        public required long FaceValue { get; init; }
        public required long Version { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
        public long Spent { get; init; }
        public long Held { get; init; }
        public DateTimeOffset? StartsAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public bool SingleUse { get; init; }

        /// <summary>The number of payments when a capture spent the certificate; 0 if none has.</summary>
        public long SpentAt { get; init; }
        public long Balance => FaceValue - Spent - Held;
    }
}
