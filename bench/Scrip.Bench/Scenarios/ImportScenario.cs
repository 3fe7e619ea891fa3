using System.Net;
using System.Text.Json;
using Scrip.Bench.Certificates;
using Scrip.Bench.Http;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The largest import of each kind of file, beside a bulk-create of as many.</summary>
internal sealed class ImportScenario : IScenario
{
    private const string Csv = "text/csv";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int FirstRows = 1_000;
    private const int CsvRowsPerSecond = 60_000;
    private const int XlsxRowsPerSecond = 30_000;
    private const int MegabytesOfGrowth = 200;
    private const int MegabytesAfterwards = 150;
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(1);

    public string Name => "import";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        var (csvGrowth, csvKept) = await MemoryAsync(Csv);
        var (xlsxGrowth, xlsxKept) = await MemoryAsync(Xlsx);
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, FirstRows, cancellationToken);
        var created = FirstRows;
        var creates = new List<double>();
        var csv = new List<double>();
        var xlsx = new List<double>();
        for (var turn = 0; turn <= workbench.Scale.Repeats; turn++)
        {
            // The first turn warms up.
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            var rates = (await CreateAsync(), await ImportAsync(ours, Csv, Next()), await ImportAsync(ours, Xlsx, Next()));
            if (turn == 0)
                continue;
            creates.Add(rates.Item1);
            csv.Add(rates.Item2);
            xlsx.Add(rates.Item3);
        }
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, $"{rows:N0} of a csv file", "rows/s", csv) { Limit = Reference.Target(CsvRowsPerSecond) },
            new(Name, database, $"{rows:N0} of an xlsx file", "rows/s", xlsx) { Limit = Reference.Target(XlsxRowsPerSecond) },
            new(Name, database, $"{rows:N0} of a csv file, beside a bulk-create", "rows/s", csv) { Limit = new("bulk-create", creates) },
            Memory("growth of memory, csv", csvGrowth, MegabytesOfGrowth),
            Memory("growth of memory, xlsx", xlsxGrowth, MegabytesOfGrowth),
            Memory($"memory {Afterwards.TotalSeconds:0} s after it, csv", csvKept, MegabytesAfterwards),
            Memory($"memory {Afterwards.TotalSeconds:0} s after it, xlsx", xlsxKept, MegabytesAfterwards),
        ];

        Measurement Memory(string quantity, long bytes, int target) => new(Name, database, quantity, "MB", [bytes / 1e6])
        {
            LessIsBetter = true,
            Limit = Reference.Target(target),
        };

        int Next() => created += rows;

        async Task<double> CreateAsync()
        {
            var answer = await ours.Bulk.CreateAsync(Next() - rows + 1, rows, cancellationToken);
            await ours.SettleAsync(cancellationToken);
            return answer.RowsPerSecond;
        }

        async Task<double> ImportAsync(Contender contender, string mediaType, int last)
        {
            var first = last - rows + 1;
            var file = mediaType == Csv ? ImportFiles.Csv(first, rows) : ImportFiles.Xlsx(first, rows);
            var request = contender.Server.Requests.PostOnce(
                RequestFactory.Certificates + "import/", mediaType, $"{mediaType} {last}", file);
            using var connection = await contender.Server.ConnectAsync(cancellationToken);
            using var report = new MemoryStream();
            var answer = await FileAnswer.ReadAsync(connection, request, HttpStatusCode.Created, report, cancellationToken);
            using var json = JsonDocument.Parse(report.ToArray());
            if (json.RootElement.GetProperty("created").GetInt32() != rows)
                throw new BenchException($"Not all of {rows:N0} rows are imported.");
            await contender.SettleAsync(cancellationToken);
            return rows / answer.Total.TotalSeconds;
        }

        // The first call of this size: memory is what it was before.
        async Task<(long Growth, long Kept)> MemoryAsync(string mediaType)
        {
            await using var contender = await Contender.StartAsync(workbench, workbench.Programs.Scrip, FirstRows, cancellationToken);
            var growth = await contender.Server.Memory.GrowthDuringAsync(() => ImportAsync(contender, mediaType, FirstRows + rows));
            await Task.Delay(Afterwards, cancellationToken);
            return (growth, contender.Server.Memory.Resident);
        }
    }
}
