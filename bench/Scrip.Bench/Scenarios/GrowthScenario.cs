using Scrip.Bench.Http;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>Whether a call takes as long on a site with years of use as on a new one.</summary>
internal sealed class GrowthScenario : IScenario
{
    private const double MostTimesSlower = 1.5;

    private static readonly (string Name, Func<RequestFactory, int, IRequestSource> ToRequests)[] Calls =
    [
        ("get", (requests, certificates) => new GetRequests(requests, certificates)),
        ("put", (requests, certificates) => new PutRequests(requests, certificates)),
        ("redeem", (requests, certificates) => new RedeemRequests(requests, certificates)),
    ];

    public string Name => "growth";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var small = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.SmallSite, cancellationToken);
        await using var large = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.LargeSite, cancellationToken);
        var many = Compare(workbench, small, large, $"{scale.LargeSite:N0}", cancellationToken);

        Console.Error.WriteLine($"  writing {scale.Entries:N0} entries");
        await large.Bulk.JournalAsync(scale.LargeSite, scale.Entries, cancellationToken);
        await large.SettleAsync(cancellationToken);
        var old = Compare(workbench, small, large, $"{scale.LargeSite:N0}, {scale.Entries:N0} entries", cancellationToken);
        return [.. many, .. old];
    }

    private List<Measurement> Compare(
        Workbench workbench, Contender small, Contender large, string size, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        var measurements = new List<Measurement>();
        foreach (var (name, toRequests) in Calls)
        {
            Console.Error.WriteLine($"  {name} at {size}");
            var toSmall = toRequests(small.Server.Requests, scale.SmallSite);
            var toLarge = toRequests(large.Server.Requests, scale.LargeSite);
            Load(small, toSmall, scale.WarmUp);
            Load(large, toLarge, scale.WarmUp);
            var onSmall = new List<double>();
            var onLarge = new List<LoadResult>();
            for (var turn = 1; turn <= scale.Repeats; turn++)
            {
                onSmall.Add(Load(small, toSmall, scale.Turn).Latency.MedianMilliseconds);
                onLarge.Add(Load(large, toLarge, scale.Turn));
            }
            var medians = onLarge.Select(turn => turn.Latency.MedianMilliseconds);
            measurements.Add(new(Name, workbench.Database.Name, $"{name}, p50 at {size}", "ms", [.. medians])
            {
                LessIsBetter = true,
                Limit = new($"at {scale.SmallSite:N0}", onSmall, MostTimesSlower),
                Latency = LoadResult.LatencyOf(onLarge),
            });
        }
        return measurements;

        LoadResult Load(Contender contender, IRequestSource requests, TimeSpan duration) =>
            ClosedLoop.Run(contender.Server, scale.Clients, requests, duration, cancellationToken);
    }
}
