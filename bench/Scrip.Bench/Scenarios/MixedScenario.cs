using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The load of a shop at half the product's maximal rate: how long callers wait.</summary>
internal sealed class MixedScenario : IScenario
{
    public string Name => "mixed";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.Certificates, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, scale.Certificates, cancellationToken);
        var toOurs = new MixedRequests(ours.Server.Requests, scale.Certificates);
        var toBaseline = new MixedRequests(baseline.Server.Requests, scale.Certificates);
        Peak(ours, toOurs, scale.WarmUp);
        Peak(baseline, toBaseline, scale.WarmUp);

        var peaks = new List<double>();
        var baselinePeaks = new List<double>();
        for (var turn = 1; turn <= scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  peak, turn {turn} of {scale.Repeats}");
            await ours.SettleAsync(cancellationToken);
            peaks.Add(Peak(ours, toOurs, scale.Turn));
            await baseline.SettleAsync(cancellationToken);
            baselinePeaks.Add(Peak(baseline, toBaseline, scale.Turn));
        }

        var rate = Measurement.MedianOf(peaks) / 2;
        var oursPaced = new List<LoadResult>();
        var baselinePaced = new List<LoadResult>();
        for (var turn = 1; turn <= scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  {rate:N0} a second, turn {turn} of {scale.Repeats}");
            await ours.SettleAsync(cancellationToken);
            oursPaced.Add(Paced(ours, toOurs));
            await baseline.SettleAsync(cancellationToken);
            baselinePaced.Add(Paced(baseline, toBaseline));
        }
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, "peak", "/s", peaks) { Baseline = Reference.EfCore(baselinePeaks) },
            new(Name, database, $"p99 at {rate:N0}/s", "ms", [.. oursPaced.Select(turn => turn.Latency.Percentile99Milliseconds)])
            {
                LessIsBetter = true,
                Limit = Reference.Target(workbench.Database.Goals.MixedPercentile99Milliseconds),
                Baseline = Reference.EfCore([.. baselinePaced.Select(turn => turn.Latency.Percentile99Milliseconds)], goal: 1),
                Latency = LoadResult.LatencyOf(oursPaced),
                BaselineLatency = LoadResult.LatencyOf(baselinePaced),
            },
        ];

        double Peak(Contender contender, IRequestSource requests, TimeSpan duration) =>
            ClosedLoop.Run(contender.Server, scale.Clients, requests, duration, cancellationToken).RequestsPerSecond;

        LoadResult Paced(Contender contender, IRequestSource requests) =>
            PacedLoop.Run(contender.Server, scale.Clients, requests, rate, scale.PacedTurn, cancellationToken);
    }
}
