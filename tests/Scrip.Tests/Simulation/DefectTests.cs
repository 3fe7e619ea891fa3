using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Simulation.Defects;
using Xunit.Abstractions;

namespace Scrip.Tests.Simulation;

/// <summary>The simulation finds defects: each planted one within a number of seeds, and nothing in the same seeds without one.</summary>
public sealed class DefectTests(ITestOutputHelper output)
{
    private const int SeedsOfOneServer = 40;
    private const int SeedsOfTwoServers = 10;

    public static TheoryData<string> OfOneServer { get; } = [.. Catalogue.OfOneServer.Keys];
    public static TheoryData<string> OfSharedCommits { get; } = [.. Defects.OfSharedCommits.All.Keys];
    public static TheoryData<string> OfTwoServers { get; } = [.. Catalogue.OfTwoServers.Keys];

    [Theory]
    [MemberData(nameof(OfOneServer))]
    public async Task A_defect_of_one_server_is_found(string defect)
    {
        using var world = SimulationWorld.OnSqlite(Catalogue.OfOneServer[defect]);
        await FindAsync(world, SeedsOfOneServer);
    }

    [Theory]
    [MemberData(nameof(OfSharedCommits))]
    public async Task A_defect_of_a_commit_that_sites_share_is_found(string defect)
    {
        using var world = SimulationWorld.OnSqlite(Defects.OfSharedCommits.All[defect]);
        await FindAsync(world, SeedsOfOneServer);
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task A_transaction_that_a_failed_group_leaves_open_is_found_on_PostgreSQL_too()
    {
        using var world = SimulationWorld.OnPostgres(servers: 1, Catalogue.OfOneServer[Catalogue.LeftOpenName]);
        await FindAsync(world, SeedsOfOneServer);
    }

    [Theory]
    [MemberData(nameof(OfTwoServers))]
    [Trait("Database", "Postgres")]
    public async Task A_defect_that_needs_two_servers_is_found(string defect)
    {
        using var world = SimulationWorld.OnPostgres(servers: 2, Catalogue.OfTwoServers[defect]);
        await FindAsync(world, SeedsOfTwoServers);
    }

    [Fact]
    public async Task Nothing_is_found_in_the_same_seeds_without_a_defect()
    {
        using var world = SimulationWorld.OnSqlite();
        var seen = await PassAsync(world, SeedsOfOneServer);
        // Programmes that never reach these cases would prove nothing about them.
        Assert.Contains(Simulation.SharedCommit, seen);
        Assert.Empty(Enum.GetNames<RedemptionVerdict>().Append(SequentialModel.KeyReused).Except(seen));
        Assert.Empty(Enum.GetNames<CertificatesVerdict>().Except([nameof(CertificatesVerdict.Invalid)]).Except(seen));
        Assert.Empty(Enum.GetValues<Fault>().Except([Fault.None, Fault.ConnectionCut]).Select(fault => fault.ToString()).Except(seen));
    }

    [Fact]
    public async Task Nothing_is_found_in_the_same_seeds_with_the_means_of_a_defect_and_no_defect()
    {
        using var world = SimulationWorld.OnSqlite(() => new Defect());
        Assert.DoesNotContain(Simulation.SharedCommit, await PassAsync(world, SeedsOfOneServer));
    }

    [Fact]
    public async Task Nothing_is_found_in_the_same_seeds_with_the_means_of_a_defect_of_shared_commits_and_no_defect()
    {
        using var world = SimulationWorld.OnSqlite(() => new Defects.OfSharedCommits.Sharing());
        Assert.Contains(Simulation.SharedCommit, await PassAsync(world, SeedsOfOneServer));
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task Nothing_is_found_in_the_same_seeds_of_two_servers_without_a_defect()
    {
        using var world = SimulationWorld.OnPostgres(servers: 2);
        Assert.Contains(nameof(Fault.ConnectionCut), await PassAsync(world, SeedsOfTwoServers));
    }

    private async Task FindAsync(SimulationWorld world, int seeds)
    {
        for (var seed = 1; seed <= seeds; seed++)
        {
            try
            {
                await Simulation.RunAsync(world, seed);
            }
            catch (SimulationException found)
            {
                output.WriteLine(found.Message.Split('\n')[0]);
                return;
            }
        }
        Assert.Fail($"Not found in {seeds} seeds.");
    }

    /// <summary>Returns what was seen.</summary>
    private static async Task<IReadOnlySet<string>> PassAsync(SimulationWorld world, int seeds)
    {
        var seen = new HashSet<string>();
        for (var seed = 1; seed <= seeds; seed++)
            seen.UnionWith(await Simulation.RunAsync(world, seed));
        return seen;
    }
}
