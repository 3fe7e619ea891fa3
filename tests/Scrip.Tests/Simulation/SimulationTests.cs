using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Simulation;

/// <summary>
/// Compares random programmes with faults, crashes and jumping clocks with the model (docs/evidence.md). <c>SCRIP_TEST_SEED</c> is the
/// first seed, <c>SCRIP_TEST_SEEDS</c> their number.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public Task Every_programme_comes_to_what_the_model_says_on_sqlite() => RunAsync(SimulationWorld.OnSqlite(), seeds: 30);

    [Fact]
    [Trait("Database", "Postgres")]
    public Task Every_programme_comes_to_what_the_model_says_on_postgres() =>
        RunAsync(SimulationWorld.OnPostgres(servers: 1), seeds: 8);

    [Fact]
    [Trait("Database", "Postgres")]
    public Task Every_programme_comes_to_what_the_model_says_with_two_servers() =>
        RunAsync(SimulationWorld.OnPostgres(servers: 2), seeds: 8);

    private async Task RunAsync(SimulationWorld world, int seeds)
    {
        using (world)
        {
            var first = TestSettings.Seed(output);
            for (var seed = first; seed < first + TestSettings.Seeds(seeds); seed++)
                await Simulation.RunAsync(world, seed);
        }
    }
}
