using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Sites that cannot be written do not delay other sites: a rival session of the database holds the locks that they need.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresWritersTests : IAsyncLifetime
{
    private const int Payments = 20;

    private readonly TestPostgres database = new();
    private ScripProcess scrip = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await scrip.DisposeAsync();

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(1, 2)]
    public async Task Sites_whose_locks_somebody_holds_keep_nobody_else_waiting(int stuck, int writers)
    {
        scrip = await ScripProcess.ServeAsync(database.Storage, ("SCRIP_WRITERS", writers.ToString(CultureInfo.InvariantCulture)));
        var sites = await MakeSitesAsync(stuck + 3);
        using var held = database.Hold($"select from counter where site_id between 2 and {1 + stuck} for update");
        var blocked = sites.Take(stuck).Select(site => site.RedeemAsync(Payment("blocked"))).ToList();
        await database.UntilWaitingAsync(stuck);

        await PayAsync(sites.Skip(stuck));
        Assert.Equal(200, (await scrip.Client.FetchAsync("/health/ready")).Status);
        Assert.DoesNotContain(blocked, payment => payment.IsCompleted);
        held.Dispose();
        Assert.All(await Task.WhenAll(blocked), payment => Assert.Equal(201, payment.Status));
    }

    [Fact]
    public async Task Large_calls_of_many_sites_leave_writers_for_payments()
    {
        scrip = await ScripProcess.ServeAsync(database.Storage);
        var sites = await MakeSitesAsync(8);
        using var held = database.Hold("select from counter where site_id between 2 and 6 for update");
        var items = string.Join(',', Enumerable.Range(0, 1_001).Select(at => $$"""{"code":"L{{at}}"}"""));
        var large = sites.Take(5).Select(site => site.CreateAsync($"[{items}]")).ToList();
        await database.UntilWaitingAsync(sessions: 2);

        await PayAsync(sites.Skip(5));
        Assert.DoesNotContain(large, call => call.IsCompleted);
        held.Dispose();
        Assert.All(await Task.WhenAll(large), call => Assert.Equal(201, call.Status));
    }

    [Fact]
    public async Task Sites_whose_locks_somebody_holds_do_not_keep_the_holds_of_others_open()
    {
        // The writers of those sites do not give up.
        database.Ask("do $$ begin execute format('alter database %I set lock_timeout = ''10min''', current_database()); end $$");
        scrip = await ScripProcess.ServeAsync(database.Storage, ("SCRIP_WRITERS", "8"));
        var sites = await MakeSitesAsync(6);
        foreach (var site in sites)
            Assert.Equal(201, (await site.RedeemAsync("""{"code":"A","amount":"1","capture":false,"reference":"R"}""")).Status);
        using var held = database.Hold("select from counter where site_id between 2 and 6 for update");
        database.Ask("update redemption set hold_expires_at = created_at returning id");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (database.Ask("select site_id from certificate where site_id = 7 and held > 0").Count > 0)
            await Task.Delay(50, limit.Token);
        Assert.Equal(["5"], database.Ask("select count(*) from certificate where held > 0"));
    }

    private static async Task PayAsync(IEnumerable<HttpClient> sites)
    {
        foreach (var site in sites)
        {
            for (var at = 1; at <= Payments; at++)
                Assert.Equal(201, (await site.RedeemAsync(Payment($"order {at}"))).Status);
        }
    }

    private static string Payment(string reference) => $$"""{"code":"A","amount":"0.10","reference":"{{reference}}"}""";

    /// <summary>The first of them has the id 2.</summary>
    private async Task<IReadOnlyList<HttpClient>> MakeSitesAsync(int count)
    {
        var sites = new List<HttpClient>();
        for (var at = 1; at <= count; at++)
        {
            Assert.Equal(201, (await scrip.Client.PostAsync(
                "/external/site/", $$"""{"name":"site-{{at}}","currency":"USD","time_zone":"UTC"}""")).Status);
            var (_, token) = await SharedScrip.CreateTokenAsync(scrip.Client, $"site-{at}", "certificates:write", "redemptions:write");
            var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
            client.DefaultRequestHeaders.Add("API-Token", token);
            Assert.Equal(201, (await client.CreateAsync("""[{"code":"A","value":10}]""")).Status);
            sites.Add(client);
        }
        return sites;
    }
}
