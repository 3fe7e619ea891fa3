using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The largest bulk-create, compared with the database's own fastest way to add rows.</summary>
internal sealed class BulkCreateScenario : IScenario
{
    // Loads code and opens files, and is small compared with the call whose memory is measured.
    private const int FirstRows = 1_000;

    private const int MegabytesOfGrowth = 64;

    private const int Calls = 12;
    private const int MegabytesAfterwards = 150;
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(1);

    /// <summary>The runtime begins to compile hot code when nothing new was called for a moment; this many calls give it time.</summary>
    private const int WarmUps = 20;

    private static readonly TimeSpan BetweenWarmUps = TimeSpan.FromMilliseconds(100);

    public string Name => "bulk-create";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        var growth = await GrowthAsync(workbench.Programs.Scrip);
        var baselineGrowth = await GrowthAsync(workbench.Programs.EfCore);
        var kept = await KeepAsync(workbench.Programs.Scrip);
        var baselineKept = await KeepAsync(workbench.Programs.EfCore);

        await using var limit = await workbench.Database.OpenBulkLimitAsync(workbench.Folders.Create(), cancellationToken);
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, FirstRows, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, FirstRows, cancellationToken);
        // Small calls, because each turn finds a larger store anyway.
        var created = FirstRows;
        for (var warmUp = 1; warmUp <= WarmUps; warmUp++)
        {
            await limit.InsertAsync(FirstRows, cancellationToken);
            await ours.Bulk.CreateAsync(created + 1, FirstRows, cancellationToken);
            await baseline.Bulk.CreateAsync(created + 1, FirstRows, cancellationToken);
            created += FirstRows;
            await Task.Delay(BetweenWarmUps, cancellationToken);
        }

        var limits = new List<double>();
        var ourTurns = new List<double>();
        var baselineTurns = new List<double>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            var firstRow = created + (turn - 1) * rows + 1;
            limits.Add(await limit.InsertAsync(rows, cancellationToken));
            ourTurns.Add(await CreateAsync(ours, firstRow));
            baselineTurns.Add(await CreateAsync(baseline, firstRow));
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
            new(Name, database, $"memory {Afterwards.TotalSeconds:0} s after {Calls} calls", "MB", [kept / 1e6])
            {
                LessIsBetter = true,
                Limit = Reference.Target(MegabytesAfterwards),
                Baseline = Reference.EfCore([baselineKept / 1e6]),
            },
        ];

        // The first call of this size, so that the memory is what it was before.
        async Task<long> GrowthAsync(ServerProgram program)
        {
            await using var contender = await Contender.StartAsync(workbench, program, FirstRows, cancellationToken);
            return await contender.Server.Memory.GrowthDuringAsync(() => CreateAsync(contender, FirstRows + 1));
        }

        async Task<long> KeepAsync(ServerProgram program)
        {
            await using var contender = await Contender.StartAsync(workbench, program, FirstRows, cancellationToken);
            for (var call = 0; call < Calls; call++)
                await CreateAsync(contender, FirstRows + call * rows + 1);
            await Task.Delay(Afterwards, cancellationToken);
            return contender.Server.Memory.Resident;
        }

        async Task<double> CreateAsync(Contender contender, int firstRow)
        {
            var answer = await contender.Bulk.CreateAsync(firstRow, rows, cancellationToken);
            await contender.SettleAsync(cancellationToken);
            return answer.RowsPerSecond;
        }
    }
}
