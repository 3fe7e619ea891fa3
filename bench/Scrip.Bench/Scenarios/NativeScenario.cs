using System.Diagnostics;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>What compiling ahead of time changes: the native executable beside the same program compiled as it runs.</summary>
internal sealed class NativeScenario : IScenario
{
    private const double SecondsToStart = 0.1;
    private const double MegabytesOnDisk = 40;
    private const double MegabytesKept = 150;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    public string Name => "native";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var programs = workbench.Programs;
        var scale = workbench.Scale;
        var native = new Figures();
        var jit = new Figures();
        for (var repeat = 1; repeat <= scale.Starts; repeat++)
        {
            Console.Error.WriteLine($"  start {repeat} of {scale.Starts}");
            await StartAsync(workbench, programs.Scrip, native, cancellationToken);
            await StartAsync(workbench, programs.ScripJit, jit, cancellationToken);
        }

        await using var ours = await Contender.StartAsync(workbench, programs.Scrip, scale.BulkRows, cancellationToken);
        await using var theirs = await Contender.StartAsync(workbench, programs.ScripJit, scale.BulkRows, cancellationToken);
        for (var call = 1; call <= scale.BulkCalls / 2; call++)
        {
            Console.Error.WriteLine($"  calls {call} of {scale.BulkCalls / 2}");
            await BulkAsync(ours, native, call, scale.BulkRows, cancellationToken);
            await BulkAsync(theirs, jit, call, scale.BulkRows, cancellationToken);
        }
        await Task.Delay(scale.QuietTime, cancellationToken);
        native.Kept.Add(ours.Server.Memory.Resident / 1e6);
        jit.Kept.Add(theirs.Server.Memory.Resident / 1e6);

        return
        [
            Less("process start to first answer", "s", figures => figures.Seconds, SecondsToStart),
            Less($"memory after {IdleTime.TotalSeconds:0} s idle", "MB", figures => figures.Idle, workbench.Database.Goals.IdleMegabytes),
            More("bulk-create", figures => figures.Creates),
            More("bulk-update", figures => figures.Updates),
            Less(
                $"memory {scale.QuietTime.TotalSeconds:0} s after {scale.BulkCalls} bulk calls", "MB", figures => figures.Kept, MegabytesKept),
            new(Name, workbench.Database.Name, "size of the executable", "MB", [new FileInfo(programs.Scrip.Executable).Length / 1e6])
            {
                LessIsBetter = true,
                Limit = Reference.Target(MegabytesOnDisk),
            },
        ];

        Measurement Less(string quantity, string unit, Func<Figures, List<double>> select, double target) =>
            new(Name, workbench.Database.Name, quantity, unit, select(native))
            {
                LessIsBetter = true,
                Limit = Reference.Target(target),
                Baseline = Reference.Jit(select(jit)),
            };

        Measurement More(string call, Func<Figures, List<double>> select) =>
            new(Name, workbench.Database.Name, $"{call} of {scale.BulkRows:N0}", "rows/s", select(native))
            {
                Baseline = Reference.Jit(select(jit)),
            };
    }

    private static async Task StartAsync(
        Workbench workbench, ServerProgram program, Figures figures, CancellationToken cancellationToken)
    {
        await using var store = await workbench.CreateStoreAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await using var server = ServerProcess.Launch(program, store.Folder, store.Setting);
        await server.WaitUntilUpAsync(cancellationToken);
        figures.Seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        await Task.Delay(IdleTime, cancellationToken);
        figures.Idle.Add(server.Memory.Resident / 1e6);
    }

    private static async Task BulkAsync(Contender contender, Figures figures, int call, int rows, CancellationToken cancellationToken)
    {
        var create = await contender.Bulk.CreateAsync(call * rows + 1, rows, cancellationToken);
        await contender.SettleAsync(cancellationToken);
        var update = await contender.Bulk.UpdateAsync(1, rows, call, cancellationToken);
        await contender.SettleAsync(cancellationToken);
        figures.Creates.Add(create.RowsPerSecond);
        figures.Updates.Add(update.RowsPerSecond);
    }

    private sealed class Figures
    {
        public List<double> Seconds { get; } = [];
        public List<double> Idle { get; } = [];
        public List<double> Creates { get; } = [];
        public List<double> Updates { get; } = [];
        public List<double> Kept { get; } = [];
    }
}
