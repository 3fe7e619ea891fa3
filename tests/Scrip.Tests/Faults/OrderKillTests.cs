using System.Globalization;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// Whole orders on one certificate, while the server or its database is killed and started again: each step happens once, whoever was told.
/// <c>SCRIP_TEST_ROUNDS</c> says how many kills there are.
/// </summary>
public sealed class OrderKillTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int Shops = 16;

    [Fact]
    public async Task Kills_of_the_server_settle_each_step_of_an_order_once()
    {
        using var folder = new TemporaryFolder();
        await using var scrip = await RestartedScrip.ServeAsync(folder.Storage);
        await CheckAsync(folder.Storage, scrip, kill: scrip.KillAndRestartAsync);
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

    private async Task CheckAsync(string storage, RestartedScrip scrip, Func<Task> kill)
    {
        var random = new Random(TestSettings.Seed(output));
        Assert.Equal(201, (await (await scrip.ClientAsync()).CreateAsync("""[{"code":"HOT","value":1000000}]""")).Status);
        var shops = Enumerable.Range(1, Shops).Select(at => new Orders(scrip, certificateId: 1, $"shop-{at}")).ToList();
        using var end = new CancellationTokenSource();
        var taking = Task.WhenAll(shops.Select(shop => Task.Run(() => shop.TakeAsync(end.Token))));
        var kills = TestSettings.Rounds(Kills);
        for (var round = 0; round < kills; round++)
        {
            await ProgressAsync(shops, random.Next(300, 600), taking);
            await kill();
        }
        await ProgressAsync(shops, 300, taking);
        await end.CancelAsync();
        await taking;

        var client = await scrip.ClientAsync();
        await Task.WhenAll(shops.Select(shop => shop.RepeatAsync(client)));
        var (spent, held) = (shops.Sum(shop => shop.Spent), shops.Sum(shop => shop.Held));
        var expected = string.Create(CultureInfo.InvariantCulture, $$"""{"spent":"{{spent:0.00}}","held":"{{held:0.00}}"}""");
        Assert.Equal(expected, (await client.FetchAsync("/external/payment-certificate/1/?fields=spent,held")).Body);
        await ScripProcess.ProveAsync(storage);

        var unanswered = shops.Sum(shop => shop.Unanswered);
        output.WriteLine($"{shops.Sum(shop => shop.Acknowledged)} steps were acknowledged, {unanswered} sendings had no answer.");
        Assert.True(unanswered > kills, "Hardly a step was under way at any kill: the test shows nothing.");
    }

    /// <summary>Waits until so many more steps were acknowledged, or a shop has failed: then waiting for all of them says how.</summary>
    private static async Task ProgressAsync(IReadOnlyList<Orders> shops, int steps, Task taking)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var enough = Acknowledged() + steps; Acknowledged() < enough && !taking.IsCompleted;)
            await Task.Delay(10, limit.Token);

        int Acknowledged() => shops.Sum(shop => shop.Acknowledged);
    }
}
