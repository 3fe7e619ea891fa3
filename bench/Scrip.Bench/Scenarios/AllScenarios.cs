using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Load;

namespace Scrip.Bench.Scenarios;

/// <summary>The scenarios in the order in which they run.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<IScenario> List { get; } =
    [
        new LoadScenario(
            "get",
            (requests, certificates) => new GetRequests(requests, certificates),
            async (workbench, _, cancellationToken) => await BareKestrel.StartAsync(workbench, cancellationToken),
            goals => goals.Get),
        new LoadScenario(
            "put",
            (requests, certificates) => new PutRequests(requests, certificates),
            (workbench, _, cancellationToken) => OpenCommitLimitAsync(workbench, ofPayments: false, cancellationToken),
            goals => goals.Put),
        new LoadScenario(
            "redeem-many",
            (requests, certificates) => new RedeemRequests(requests, certificates),
            (workbench, _, cancellationToken) => OpenCommitLimitAsync(workbench, ofPayments: true, cancellationToken),
            goals => goals.Redeem),
        new LoadScenario(
            "redeem-hot",
            (requests, _) => new RedeemRequests(requests, certificates: 1),
            (workbench, ours, _) => Task.FromResult<IRateLimit?>(new OtherLoad(
                "redeem-many", ours, workbench.Scale.Clients, new RedeemRequests(ours.Requests, workbench.Scale.Certificates))),
            goals => goals.RedeemHot),
        new WrkScenario(),
        new BulkCreateScenario(),
        new BulkUpdateScenario(),
        new GenerateScenario(),
        new ListScenario(),
        new ExportScenario(),
        new ImportScenario(),
        new MixedScenario(),
        new NeighbourScenario(),
        new SitesScenario(),
        new GrowthScenario(),
        new StartScenario(),
        new MemoryScenario(),
    ];

    private static Task<IRateLimit?> OpenCommitLimitAsync(
        Server.Workbench workbench, bool ofPayments, CancellationToken cancellationToken) =>
        workbench.Database.OpenCommitLimitAsync(
            workbench.Folders.Create(), workbench.Scale.Certificates, ofPayments, cancellationToken);
}
