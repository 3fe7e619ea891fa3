using Scrip.Bench.Baselines;
using Scrip.Bench.Certificates;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The largest bulk calls: on an empty store beside a bare insert loop, and on a store that is already large.</summary>
internal sealed class BulkScenario : IScenario
{
    // Loads the code and opens the files, and is small beside the call that counts.
    private const int WarmUpRows = 1_000;

    public string Name => "bulk";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        var baselines = new List<double>();
        var creates = new List<double>();
        var updates = new List<double>();
        var peaks = new List<double>();
        for (var repeat = 1; repeat <= workbench.Scale.Repeats; repeat++)
        {
            Console.Error.WriteLine($"bulk: {repeat} of {workbench.Scale.Repeats}");
            using var folder = workbench.CreateFolder();
            baselines.Add(PreparedInserts.Run(folder, rows));
            await using var server = workbench.Launch(folder);
            await server.WaitUntilLiveAsync(cancellationToken);
            using var connection = await server.ConnectAsync(cancellationToken);
            var calls = new BulkCalls(server, connection);
            await calls.CreateAsync(1, WarmUpRows, cancellationToken);
            creates.Add((await calls.CreateAsync(WarmUpRows + 1, rows, cancellationToken)).RowsPerSecond);
            await calls.UpdateAsync(1, WarmUpRows, cancellationToken);
            updates.Add((await calls.UpdateAsync(WarmUpRows + 1, rows, cancellationToken)).RowsPerSecond);
            peaks.Add(server.Memory.Peak / 1e6);
        }
        var existing = workbench.Scale.ListRows;
        var late = await CreateLateAsync(workbench, existing, cancellationToken);
        return
        [
            new(Name, $"bulk-create of {rows:N0}", "rows/s", creates, Yardstick.AtLeast(120_000)),
            new(Name, $"bulk-create of {rows:N0}", "rows/s", creates, Yardstick.Baseline("prepared inserts", baselines)),
            new(Name, $"bulk-update of {rows:N0}", "rows/s", updates, Yardstick.AtLeast(60_000)),
            new(Name, $"bulk-create of {rows:N0} above {existing:N0}", "rows/s", late),
            new(Name, "highest memory of the process", "MB", peaks),
        ];
    }

    private static async Task<List<double>> CreateLateAsync(Workbench workbench, int existing, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"bulk: above {existing:N0}");
        using var folder = workbench.CreateFolder();
        await using var server = workbench.Launch(folder);
        await server.WaitUntilLiveAsync(cancellationToken);
        using var connection = await server.ConnectAsync(cancellationToken);
        var calls = new BulkCalls(server, connection);
        await calls.FillAsync(existing, cancellationToken);
        var creates = new List<double>();
        for (var repeat = 0; repeat < workbench.Scale.Repeats; repeat++)
        {
            var first = existing + repeat * workbench.Scale.BulkRows + 1;
            creates.Add((await calls.CreateAsync(first, workbench.Scale.BulkRows, cancellationToken)).RowsPerSecond);
        }
        return creates;
    }
}
