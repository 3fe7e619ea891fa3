using System.IO.Compression;
using System.Net;
using Scrip.Bench.Http;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The list of a large site as files, beside the same list as JSON: how fast they go and what they cost in memory.</summary>
internal sealed class ExportScenario : IScenario
{
    /// <summary>The attributes that the JSON list has by itself. A file has all of them unless it is told which.</summary>
    private const string AsJson = "&fields=id,code,is_active,value";

    private const double PartOfJson = 0.5;
    private const int XlsxRowsPerSecond = 150_000;
    private const int MegabytesOfGrowth = 32;

    /// <summary>Of which the median counts.</summary>
    private const int ListsInTurn = 3;

    public string Name => "export";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.ListRows;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, rows, cancellationToken);
        var json = new List<Export>();
        var csv = new List<Export>();
        var allAsCsv = new List<Export>();
        var xlsx = new List<Export>();
        var allAsXlsx = new List<Export>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            json.Add(await ExportAsync("?format=json", CheckJson));
            csv.Add(await ExportAsync("?format=csv" + AsJson, CheckCsv));
            allAsCsv.Add(await ExportAsync("?format=csv", CheckCsv));
            xlsx.Add(await ExportAsync("?format=xlsx" + AsJson, CheckXlsx));
            allAsXlsx.Add(await ExportAsync("?format=xlsx", CheckXlsx));
        }
        return
        [
            Speed("as JSON", json),
            Speed("as csv", csv) with { Limit = new("JSON", [.. json.Select(list => list.RowsPerSecond)], PartOfJson) },
            Speed("as csv, all attributes", allAsCsv) with { Limit = new("JSON", [.. json.Select(list => list.RowsPerSecond)]) },
            Speed("as xlsx", xlsx) with { Limit = Reference.Target(XlsxRowsPerSecond) },
            Speed("as xlsx, all attributes", allAsXlsx) with { Limit = new("JSON", [.. json.Select(list => list.RowsPerSecond)]) },
            Growth("csv", [.. csv, .. allAsCsv]),
            Growth("xlsx", [.. xlsx, .. allAsXlsx]),
        ];

        Measurement Speed(string form, IEnumerable<Export> exports) =>
            new(Name, workbench.Database.Name, $"{rows:N0} {form}", "rows/s", [.. exports.Select(list => list.RowsPerSecond)]);

        Measurement Growth(string form, IEnumerable<Export> exports) => new(
            Name, workbench.Database.Name, $"growth of memory, {form}", "MB", [.. exports.Select(list => list.GrowthBytes / 1e6)])
        {
            LessIsBetter = true,
            Limit = Reference.Target(MegabytesOfGrowth),
        };

        // In a process of its own: one that has loaded a million certificates keeps so much memory that a list would not show in it.
        async Task<Export> ExportAsync(string query, Action<Stream, int> check)
        {
            await ours.RestartAsync(cancellationToken);
            var server = ours.Server;
            using var connection = await server.ConnectAsync(cancellationToken);
            var request = server.Requests.Get(RequestFactory.Certificates + query);
            await connection.RequireAsync(server.Requests.Get(RequestFactory.Certificates + "1/"), HttpStatusCode.OK, cancellationToken);
            await connection.SkipBodyAsync(cancellationToken);

            FileAnswer? first = null;
            await using var kept = File.Create(ours.Store.Folder.File("export"));
            var growth = await server.Memory.GrowthDuringAsync(
                async () => first = await FileAnswer.ReadAsync(connection, request, HttpStatusCode.OK, kept, cancellationToken));
            kept.Position = 0;
            check(kept, rows);
            var times = new List<TimeSpan>();
            for (var list = 1; list <= ListsInTurn; list++)
            {
                var answer = await FileAnswer.ReadAsync(connection, request, HttpStatusCode.OK, kept: null, cancellationToken);
                // The same rows make the same bytes.
                if (answer.Bytes != first!.Bytes)
                    throw new BenchException($"{answer.Bytes:N0} bytes instead of {first.Bytes:N0}.");
                times.Add(answer.Total);
            }
            return new(rows / times.Order().ElementAt(ListsInTurn / 2).TotalSeconds, growth);
        }
    }

    private static void CheckJson(Stream list, int rows) => Check(Count(list, (byte)'{'), rows);

    /// <summary>The codes of this program have no line feeds. The first row has the captions.</summary>
    private static void CheckCsv(Stream file, int rows) => Check(Count(file, (byte)'\n') - 1, rows);

    private static void CheckXlsx(Stream file, int rows)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        using var text = new StreamReader(sheet);
        var found = 0L;
        var buffer = new char[64 * 1024];
        var kept = 0;
        const string end = "</row>";
        while (text.ReadBlock(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var filled = buffer.AsSpan(0, kept + read);
            found += filled.Count(end);
            // The beginning of an end that the next piece may complete; a whole one is not counted again.
            kept = Math.Min(end.Length - 1, filled.Length);
            while (kept > 0 && !end.AsSpan().StartsWith(filled[^kept..]))
                kept--;
            filled[^kept..].CopyTo(buffer);
        }
        Check(found - 1, rows);
    }

    private static long Count(Stream stream, byte wanted)
    {
        var buffer = new byte[64 * 1024];
        var found = 0L;
        while (stream.Read(buffer) is > 0 and var read)
            found += buffer.AsSpan(0, read).Count(wanted);
        return found;
    }

    private static void Check(long found, int rows)
    {
        if (found != rows)
            throw new BenchException($"{found:N0} rows instead of {rows:N0}.");
    }

    private sealed record Export(double RowsPerSecond, long GrowthBytes);
}
