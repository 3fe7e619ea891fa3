using System.Diagnostics;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>A first start: the store is made on the way.</summary>
internal sealed class StartScenario : IScenario
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    public string Name => "start";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        var memory = new List<double>();
        for (var repeat = 1; repeat <= workbench.Scale.Starts; repeat++)
        {
            Console.Error.WriteLine($"start: {repeat} of {workbench.Scale.Starts}");
            using var folder = workbench.CreateFolder();
            var start = Stopwatch.GetTimestamp();
            await using var server = workbench.Launch(folder);
            await server.WaitUntilReadyAsync(cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            await Task.Delay(IdleTime, cancellationToken);
            memory.Add(server.Memory.Resident / 1e6);
        }
        return
        [
            new(Name, "process start to ready", "s", seconds, Yardstick.AtMost(1)),
            new(Name, $"memory after {IdleTime.TotalSeconds:0} s idle", "MB", memory, Yardstick.AtMost(120)),
        ];
    }
}
