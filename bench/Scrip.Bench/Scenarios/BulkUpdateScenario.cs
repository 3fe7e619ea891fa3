using System.Diagnostics;
using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>
/// The largest bulk-update: every certificate gets another value. The limit writes no journal and reads nothing before it writes.
/// </summary>
internal sealed class BulkUpdateScenario : IScenario
{
    public string Name => "bulk-update";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        await using var limit = await workbench.Database.OpenBulkLimitAsync(workbench.Folders.Create(), cancellationToken);
        await limit.InsertAsync(rows, cancellationToken);
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, rows, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, rows, cancellationToken);

        var round = 0;
        var growth = await ours.Server.Memory.GrowthDuringAsync(() => UpdateAsync(ours));
        var baselineGrowth = await baseline.Server.Memory.GrowthDuringAsync(() => UpdateAsync(baseline));
        foreach (var update in limit.Updates)
            await WarmUpAsync(() => update.RunAsync(rows, cancellationToken));
        await WarmUpAsync(() => UpdateAsync(ours));
        await WarmUpAsync(() => UpdateAsync(baseline));

        var limits = limit.Updates.ToDictionary(update => update.Name, _ => new List<double>());
        var ourTurns = new List<double>();
        var baselineTurns = new List<double>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            foreach (var update in limit.Updates)
                limits[update.Name].Add(await update.RunAsync(rows, cancellationToken));
            ourTurns.Add(await UpdateAsync(ours));
            baselineTurns.Add(await UpdateAsync(baseline));
        }
        var goal = workbench.Database.Goals.BulkUpdate;
        var database = workbench.Database.Name;
        return
        [
            Measure(limit.Updates[0], goal.OfLimit) with { Baseline = Reference.EfCore(baselineTurns, goal.OfBaseline) },
            .. limit.Updates.Skip(1).Select(update => Measure(update)),
            new(Name, database, "growth of memory", "MB", [growth / 1e6])
            {
                LessIsBetter = true,
                Baseline = Reference.EfCore([baselineGrowth / 1e6]),
            },
        ];

        Measurement Measure(BulkUpdate update, double? goalOfLimit = null) =>
            new(Name, database, $"{rows:N0} in one call", "rows/s", ourTurns)
            {
                Limit = new(update.Name, limits[update.Name], goalOfLimit),
            };

        async Task WarmUpAsync(Func<Task<double>> update)
        {
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < workbench.Scale.WarmUp;)
                await update();
        }

        async Task<double> UpdateAsync(Contender contender)
        {
            var answer = await contender.Bulk.UpdateAsync(1, rows, ++round, cancellationToken);
            await contender.SettleAsync(cancellationToken);
            return answer.RowsPerSecond;
        }
    }
}
