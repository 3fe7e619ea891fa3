using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The largest bulk-create, beside the database's own fastest way to take rows.</summary>
internal sealed class BulkCreateScenario : IScenario
{
    // Loads code and opens files, and is small beside the call whose memory is measured.
    private const int FirstRows = 1_000;

    private const int MegabytesOfGrowth = 64;

    public string Name => "bulk-create";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        await using var limit = await workbench.Database.OpenBulkLimitAsync(workbench.Folders.Create(), cancellationToken);
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, FirstRows, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, FirstRows, cancellationToken);

        // The first call of this size: memory is what it was before, and the code has still to get warm.
        var growth = await ours.Server.Memory.GrowthDuringAsync(() => CreateAsync(ours, turn: 0));
        var baselineGrowth = await baseline.Server.Memory.GrowthDuringAsync(() => CreateAsync(baseline, turn: 0));
        await limit.InsertAsync(rows, cancellationToken);

        var limits = new List<double>();
        var ourTurns = new List<double>();
        var baselineTurns = new List<double>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            limits.Add(await limit.InsertAsync(rows, cancellationToken));
            ourTurns.Add(await CreateAsync(ours, turn));
            baselineTurns.Add(await CreateAsync(baseline, turn));
        }
        var goal = workbench.Database.Goals.BulkCreate;
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, $"{rows:N0} in one call", "rows/s", ourTurns)
            {
                Limit = new(limit.InsertName, limits, goal.OfLimit),
                Baseline = Reference.EfCore(baselineTurns, goal.OfBaseline),
            },
            new(Name, database, "growth of memory", "MB", [growth / 1e6])
            {
                LessIsBetter = true,
                Limit = Reference.Target(MegabytesOfGrowth),
                Baseline = Reference.EfCore([baselineGrowth / 1e6]),
            },
        ];

        async Task<double> CreateAsync(Contender contender, int turn)
        {
            var answer = await contender.Bulk.CreateAsync(FirstRows + turn * rows + 1, rows, cancellationToken);
            await contender.SettleAsync(cancellationToken);
            return answer.RowsPerSecond;
        }
    }
}
