using System.Globalization;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// Whole orders on one certificate, write-offs and changes of others, and rotations of tokens, while the server, its database or the pooler
/// between them is killed and restarted. Each step happens once, whatever its caller was told. <c>SCRIP_TEST_ROUNDS</c> is the number of
/// kills.
/// </summary>
public sealed class OrderKillTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int Shops = 12;
    private const int OfEachOtherKind = 3;

    [Fact]
    public async Task Kills_of_the_server_settle_each_step_of_an_order_once()
    {
        using var storage = new TestStorage();
        await using var scrip = await RestartedScrip.ServeAsync(storage.Setting);
        await CheckAsync(storage.Setting, scrip, kill: scrip.KillAndRestartAsync);
    }

    [PostgresServerFact]
    [Trait("Database", "Postgres")]
    public async Task Kills_of_the_database_settle_each_step_of_an_order_once()
    {
        using var database = PostgresServer.Start();
        var storage = database.CreateDatabase();
        await using var scrip = await RestartedScrip.ServeAsync(storage);
        await CheckAsync(storage, scrip, kill: () =>
        {
            database.Kill();
            database.Resume();
            return Task.CompletedTask;
        });
    }

    [PgBouncerFact]
    [Trait("Database", "Postgres")]
    public async Task Kills_of_a_pooler_settle_each_step_of_an_order_once()
    {
        using var pooler = PgBouncer.Start(new TestPostgres().Storage);
        await using var scrip = await RestartedScrip.ServeAsync(pooler.Storage);
        await CheckAsync(pooler.Storage, scrip, kill: () =>
        {
            pooler.Kill();
            pooler.Resume();
            return Task.CompletedTask;
        });
    }

    private async Task CheckAsync(string storage, RestartedScrip scrip, Func<Task> kill)
    {
        var random = new Random(TestSettings.Seed(output));
        var admin = await scrip.ClientAsync();
        Assert.Equal(201, (await admin.CreateAsync("""[{"code":"HOT","value":1000000}]""")).Status);
        var shops = Enumerable.Range(1, Shops).Select(at => new Orders(scrip, certificateId: 1, $"shop-{at}")).ToList();
        var rotating = new List<RotatingShop>();
        var callers = new List<ISettlingCaller>(shops);
        for (var at = 0; at < OfEachOtherKind; at++)
        {
            var (id, text) = await SharedScrip.CreateTokenAsync(admin, "default", "certificates:read", "redemptions:write");
            rotating.Add(new RotatingShop(scrip, certificateId: 1, $"rotating-{at}", id, text));
            Assert.Equal(201, (await admin.CreateAsync($$"""[{"code":"FIRST-{{at}}"},{"code":"SECOND-{{at}}"}]""")).Status);
            callers.Add(new Upkeep(scrip, first: 2 + (2 * at), second: 3 + (2 * at)));
        }
        callers.AddRange(rotating);
        using var end = new CancellationTokenSource();
        var taking = Task.WhenAll(callers.Select(caller => Task.Run(() => caller.WorkAsync(end.Token))));
        var kills = TestSettings.Rounds(Kills);
        for (var round = 0; round < kills; round++)
        {
            await ProgressAsync(callers, random.Next(300, 600), taking);
            await kill();
        }
        await ProgressAsync(callers, 300, taking);
        await end.CancelAsync();
        await taking;

        var client = await scrip.ClientAsync();
        await Task.WhenAll(callers.Select(caller => caller.CheckAsync(client)));
        var (spent, held) = (shops.Sum(shop => shop.Spent) + rotating.Sum(shop => shop.Spent), shops.Sum(shop => shop.Held));
        var expected = string.Create(CultureInfo.InvariantCulture, $$"""{"spent":"{{spent:0.00}}","held":"{{held:0.00}}"}""");
        Assert.Equal(expected, (await client.FetchAsync("/external/payment-certificate/1/?fields=spent,held")).Body);
        await ScripProcess.ProveAsync(storage);

        var unanswered = callers.Sum(caller => caller.Calls.Unanswered);
        output.WriteLine($"{callers.Sum(caller => caller.Calls.Acknowledged)} steps were acknowledged, {unanswered} sendings had no answer.");
        Assert.All(callers, caller => Assert.True(caller.Calls.Acknowledged > kills, "Some client was hardly answered."));
        Assert.True(unanswered > kills, "Hardly a step was under way at any kill: the test shows nothing.");
    }

    /// <summary>
    /// Waits until the given number of further steps was acknowledged or a client has failed; awaiting all clients then reports the
    /// failure.
    /// </summary>
    private static async Task ProgressAsync(IReadOnlyList<ISettlingCaller> callers, int steps, Task taking)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var enough = Acknowledged() + steps; Acknowledged() < enough && !taking.IsCompleted;)
            await Task.Delay(10, limit.Token);

        int Acknowledged() => callers.Sum(caller => caller.Calls.Acknowledged);
    }
}
