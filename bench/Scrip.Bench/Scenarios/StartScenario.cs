using System.Diagnostics;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>A first start, which creates the store.</summary>
internal sealed class StartScenario : IScenario
{
    private const double SecondsToStart = 0.1;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    public string Name => "start";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var ours = new List<Start>();
        var baseline = new List<Start>();
        for (var repeat = 1; repeat <= workbench.Scale.Starts; repeat++)
        {
            Console.Error.WriteLine($"  {repeat} of {workbench.Scale.Starts}");
            ours.Add(await StartAsync(workbench, workbench.Programs.Scrip, cancellationToken));
            baseline.Add(await StartAsync(workbench, workbench.Programs.EfCore, cancellationToken));
        }
        return
        [
            Measure("process start to first answer", "s", start => start.Seconds, SecondsToStart),
            Measure($"memory after {IdleTime.TotalSeconds:0} s idle", "MB", start => start.Megabytes, workbench.Database.Goals.IdleMegabytes),
        ];

        Measurement Measure(string quantity, string unit, Func<Start, double> select, double target) =>
            new(Name, workbench.Database.Name, quantity, unit, [.. ours.Select(select)])
            {
                LessIsBetter = true,
                Limit = Reference.Target(target),
                Baseline = Reference.EfCore([.. baseline.Select(select)]),
            };
    }

    private static async Task<Start> StartAsync(Workbench workbench, ServerProgram program, CancellationToken cancellationToken)
    {
        await using var store = await workbench.CreateStoreAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await using var server = ServerProcess.Launch(program, store.Folder, store.Setting);
        await server.WaitUntilUpAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Task.Delay(IdleTime, cancellationToken);
        return new(seconds, server.Memory.Resident / 1e6);
    }

    private sealed record Start(double Seconds, double Megabytes);
}
