using Scrip.Bench.Databases;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>
/// Payments of many sites at once, and as many of one site, in turns: the cost of callers that do not share a site. On SQLite sites share
/// their commits; on PostgreSQL they have several writers.
/// </summary>
internal sealed class SitesScenario : IScenario
{
    private const int Sites = 32;

    /// <summary>
    /// A site's rows are adjacent, so that its payments in a commit write few pages, however many they are. The cases with hardly more than
    /// one payment of a site in a commit show how much that saves; the goal is that of sites that are all busy
    /// (docs/decisions/0037-sites-share-commits.md).
    /// </summary>
    private static readonly (int CallersOfSite, double? GoalOnSqlite)[] Cases = [(2, null), (8, null), (32, 0.9)];

    public string Name => "sites";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.Certificates, cancellationToken);
        var ofOne = new RedeemRequests(ours.Server.Requests, scale.Certificates);
        var sources = new List<IRequestSource>();
        for (var site = 1; site <= Sites; site++)
        {
            var requests = await OtherSites.CreateAsync(ours.Server, $"site-{site}", scale.Certificates / Sites, cancellationToken);
            sources.Add(new RedeemRequests(requests, scale.Certificates / Sites));
        }
        var ofMany = new TakingTurns(sources);
        return [.. Cases.Select(@case => Compare(
            @case.CallersOfSite * Sites, workbench.Database is SqliteDatabase ? @case.GoalOnSqlite : null))];

        Measurement Compare(int clients, double? goal)
        {
            Rate(ofOne, scale.WarmUp);
            Rate(ofMany, scale.WarmUp);
            var one = new List<double>();
            var many = new List<double>();
            for (var turn = 1; turn <= scale.LoadTurns; turn++)
            {
                Console.Error.WriteLine($"  {clients} clients, turn {turn} of {scale.LoadTurns}");
                Rate(ofOne, scale.LeadIn);
                one.Add(Rate(ofOne, scale.Turn));
                Rate(ofMany, scale.LeadIn);
                many.Add(Rate(ofMany, scale.Turn));
            }
            return new(Name, workbench.Database.Name, $"payments of {Sites} sites, {clients} clients", "/s", many)
            {
                Limit = new("one site", one, goal),
            };

            double Rate(IRequestSource requests, TimeSpan duration) =>
                ClosedLoop.Run(ours.Server, clients, requests, duration, cancellationToken).RequestsPerSecond;
        }
    }
}
