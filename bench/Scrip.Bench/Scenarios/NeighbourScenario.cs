using Scrip.Bench.Http;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>
/// One site has its lists filtered and sorted by callers without a pause. Measures a payment of another site, and the liveness call, during
/// that.
/// </summary>
internal sealed class NeighbourScenario : IScenario
{
    private const int Scanners = 16;
    private const int NeighbourCertificates = 1_000;

    /// <summary>How many milliseconds longer a payment may take than without them, and how many a health call may take.</summary>
    private const double MostAdded = 10;
    private const double MostLive = 20;

    private static readonly string[] Filters =
        ["is_active=false", "search=zzz", "value_min=500", "updated_after=1", "ordering=-updated_at"];

    public string Name => "neighbour";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.Certificates, cancellationToken);
        var neighbour = await OtherSites.CreateAsync(ours.Server, "neighbour", NeighbourCertificates, cancellationToken);
        var payments = new RedeemRequests(neighbour, NeighbourCertificates);
        var live = new FixedRequests(neighbour, "/health/live");
        var scans = new FixedRequests(
            ours.Server.Requests, [.. Filters.Select(filter => $"{RequestFactory.Certificates}?page_size=1&{filter}")]);
        Run(1, payments, scale.WarmUp);
        Run(Scanners, scans, scale.LeadIn);

        var alone = new List<double>();
        var beside = new List<double>();
        var healthy = new List<double>();
        var scanned = new List<double>();
        for (var turn = 1; turn <= scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {scale.Repeats}");
            await ours.SettleAsync(cancellationToken);
            alone.Add(Median(Run(1, payments, scale.Turn)));
            var scanning = Task.Run(() => Run(Scanners, scans, scale.LeadIn + scale.Turn * 2), cancellationToken);
            await Task.Delay(scale.LeadIn, cancellationToken);
            beside.Add(Median(Run(1, payments, scale.Turn)));
            healthy.Add(Median(Run(1, live, scale.Turn)));
            scanned.Add((await scanning).RequestsPerSecond);
        }
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, "payment beside scans, p50", "ms", beside)
            {
                LessIsBetter = true,
                Limit = new("alone, and 10 ms", [.. alone.Select(time => time + MostAdded)], Goal: 1),
            },
            new(Name, database, "/health/live beside scans, p50", "ms", healthy)
            {
                LessIsBetter = true,
                Limit = Reference.Target(MostLive),
            },
            new(Name, database, $"pages of {Scanners} callers", "/s", scanned),
        ];

        LoadResult Run(int clients, IRequestSource requests, TimeSpan duration) =>
            ClosedLoop.Run(ours.Server, clients, requests, duration, cancellationToken);

        static double Median(LoadResult turn) => turn.Latency.MedianMilliseconds;
    }
}
