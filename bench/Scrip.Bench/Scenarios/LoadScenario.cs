using Scrip.Bench.Databases;
using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Http;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>One call under full load: ours, the baseline's and a limit in turns.</summary>
internal sealed class LoadScenario(
    string name,
    Func<RequestFactory, int, IRequestSource> toRequests,
    Func<Workbench, ServerProcess, CancellationToken, Task<IRateLimit?>> openLimitAsync,
    Func<Goals, Goal> goalOf) : IScenario
{
    public string Name => name;

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.Certificates, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, scale.Certificates, cancellationToken);
        await using var limit = await openLimitAsync(workbench, ours.Server, cancellationToken);
        var toOurs = toRequests(ours.Server.Requests, scale.Certificates);
        var toBaseline = toRequests(baseline.Server.Requests, scale.Certificates);
        Load(ours, toOurs, scale.WarmUp);
        Load(baseline, toBaseline, scale.WarmUp);

        var limits = new List<double>();
        var oursTurns = new List<LoadResult>();
        var baselineTurns = new List<LoadResult>();
        for (var turn = 1; turn <= scale.LoadTurns; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {scale.LoadTurns}");
            if (limit is not null)
            {
                await limit.SettleAsync(cancellationToken);
                await limit.RunAsync(scale.LeadIn, cancellationToken);
                limits.Add(await limit.RunAsync(scale.Turn, cancellationToken));
            }
            oursTurns.Add(await TakeTurnAsync(ours, toOurs));
            baselineTurns.Add(await TakeTurnAsync(baseline, toBaseline));
        }

        var goal = goalOf(workbench.Database.Goals);
        var measurement = new Measurement(
            Name, workbench.Database.Name, $"{scale.Clients} clients", "/s", [.. oursTurns.Select(turn => turn.RequestsPerSecond)])
        {
            Limit = limit is null ? null : new(limit.Name, limits, goal.OfLimit),
            Baseline = Reference.EfCore([.. baselineTurns.Select(turn => turn.RequestsPerSecond)], goal.OfBaseline),
            Latency = LoadResult.LatencyOf(oursTurns),
            BaselineLatency = LoadResult.LatencyOf(baselineTurns),
        };
        return [measurement];

        async Task<LoadResult> TakeTurnAsync(Contender contender, IRequestSource requests)
        {
            await contender.SettleAsync(cancellationToken);
            Load(contender, requests, scale.LeadIn);
            return Load(contender, requests, scale.Turn);
        }

        LoadResult Load(Contender contender, IRequestSource requests, TimeSpan duration) =>
            ClosedLoop.Run(contender.Server, scale.Clients, requests, duration, cancellationToken);
    }
}
