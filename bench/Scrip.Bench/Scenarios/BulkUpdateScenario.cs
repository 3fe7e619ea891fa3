using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>
/// The largest bulk-update: every certificate gets another value. The limit writes no journal and looks at nothing before it writes.
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

        var growth = await ours.Server.Memory.GrowthDuringAsync(() => UpdateAsync(ours, turn: 0));
        var baselineGrowth = await baseline.Server.Memory.GrowthDuringAsync(() => UpdateAsync(baseline, turn: 0));
        await limit.UpdateAsync(rows, cancellationToken);

        var limits = new List<double>();
        var ourTurns = new List<double>();
        var baselineTurns = new List<double>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            limits.Add(await limit.UpdateAsync(rows, cancellationToken));
            ourTurns.Add(await UpdateAsync(ours, turn));
            baselineTurns.Add(await UpdateAsync(baseline, turn));
        }
        var goal = workbench.Database.Goals.BulkUpdate;
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, $"{rows:N0} in one call", "rows/s", ourTurns)
            {
                Limit = new(limit.UpdateName, limits, goal.OfLimit),
                Baseline = Reference.EfCore(baselineTurns, goal.OfBaseline),
            },
            new(Name, database, "growth of memory", "MB", [growth / 1e6])
            {
                LessIsBetter = true,
                Baseline = Reference.EfCore([baselineGrowth / 1e6]),
            },
        ];

        async Task<double> UpdateAsync(Contender contender, int turn)
        {
            var answer = await contender.Bulk.UpdateAsync(1, rows, round: turn, cancellationToken);
            await contender.SettleAsync(cancellationToken);
            return answer.RowsPerSecond;
        }
    }
}
