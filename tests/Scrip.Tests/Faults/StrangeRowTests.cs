using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>Rows that this version does not expect, because they are newer or damaged, while the executable serves.</summary>
public sealed class SqliteStrangeRowTests : StrangeRowTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override string Storage => folder.Storage;

    public void Dispose() => folder.Dispose();
}

[Trait("Database", "Postgres")]
public sealed class PostgresStrangeRowTests : StrangeRowTests
{
    protected override string Storage { get; } = TestStorage.NewPostgresDatabase();
}

public abstract class StrangeRowTests
{
    private const string ChangeAccess = "update access_version set version = version + 1;";

    protected abstract string Storage { get; }

    [Fact]
    public async Task A_site_that_this_version_cannot_read_is_refused_alone()
    {
        await using var server = await ScripProcess.ServeAsync(Storage);
        using var second = await OpenShopAsync(server, "second");
        using var third = await OpenShopAsync(server, "third");
        using var fourth = await OpenShopAsync(server, "fourth");
        OperatorSql.Run(Storage, $"""
            update site set currency = 'QQQ' where name = 'second';
            update site set time_zone = 'Mars/Olympus_Mons', created_at = 9223372036854775807 where name = 'third';
            update api_token set scopes = scopes + 35184372088832, expires_at = 9223372036854775807 where site_id = 4;
            insert into api_token (site_id, id, name, scopes, hash, created_at)
                select 77, 1, 'stray', 16, hash, created_at from api_token where site_id = 4;
            {ChangeAccess}
            """);

        await UntilAsync(async () => (await third.FetchAsync(Certificates)).Status == 503);

        var refused = await second.CreateAsync("""[{"code":"A","value":5}]""");
        Assert.Equal((503, "30"), (refused.Status, refused.Header("Retry-After")));
        Assert.Contains("does not know its currency QQQ. Nothing was stored.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("Mars/Olympus_Mons", (await third.FetchAsync(Liability)).Body, StringComparison.Ordinal);
        await fourth.CreateAsync("""[{"code":"A","value":5}]""");
        (await fourth.FetchAsync(Certificates)).Expect(200, """[{"id":1,"code":"A","is_active":true,"value":5}]""");
        // An administrator still sees every site, and new sites get neither their names nor their ids.
        Assert.Contains("\"QQQ\"", (await server.Client.FetchAsync("/external/site/")).Body, StringComparison.Ordinal);
        using var fifth = await OpenShopAsync(server, "fifth");
        Assert.Equal(201, (await fifth.CreateAsync("""[{"code":"A"}]""")).Status);
        Assert.Equal(409, (await server.Client.PostAsync(
            "/external/site/", """{"name":"second","currency":"USD","time_zone":"UTC"}""")).Status);
        Assert.Equal(0, await server.TerminateAsync());
        foreach (var said in new[] { "The site second cannot be served", "The site third cannot be served", "The token 1 of site 77" })
            Assert.Single(server.Errors.Concat(server.Output), line => line.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_currency_does_not_keep_the_next_start_from_serving_the_others()
    {
        await using (var server = await ScripProcess.ServeAsync(Storage))
            (await OpenShopAsync(server, "second")).Dispose();
        OperatorSql.Run(Storage, "update site set currency = 'QQQ' where name = 'second'");

        await using var again = await ScripProcess.ServeAsync(Storage);

        Assert.Equal(201, (await again.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        Assert.Equal(200, (await again.Client.FetchAsync("/health/ready")).Status);
        await again.TerminateAsync();
        var (status, proof, _) = await ScripProcess.RunAsync(["verify", "--storage", Storage]);
        Assert.Equal(0, status);
        Assert.Contains("QQQ, which this version does not know", proof, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_that_cannot_end_keeps_no_other_from_ending_and_no_caller_from_anything()
    {
        await using var server = await ScripProcess.ServeAsync(Storage);
        using var second = await OpenShopAsync(server, "second");
        var end = FromNow(TimeSpan.FromSeconds(3));
        foreach (var shop in new[] { server.Client, second })
        {
            await shop.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":500},{"code":"C","value":500}]""");
            foreach (var code in new[] { "A", "B", "C" })
                Assert.Equal(201, (await shop.RedeemAsync(Hold(code, end))).Status);
        }
        OperatorSql.Run(Storage, """
            delete from certificate where site_id = 1 and id = 1;
            update certificate set held = 0 where site_id = 1 and id = 2;
            """);

        await UntilAsync(() => Task.FromResult(
            OperatorSql.Ask(Storage, "select count(*) from redemption where state = 4 and (site_id = 2 or id = 3)") == 4));

        (await server.Client.FetchAsync(Redemptions + "?fields=id,state")).Expect(
            200, """[{"id":2,"state":"held"},{"id":3,"state":"expired"}]""");
        Assert.Equal(200, (await server.Client.FetchAsync(Entries)).Status);
        Assert.Equal(200, (await server.Client.FetchAsync(Certificates + "2/?fields=balance")).Status);
        Assert.Equal(201, (await server.Client.RedeemAsync("""{"code":"C","amount":"500.00","reference":"S"}""")).Status);
        await UntilAsync(() => Task.FromResult(server.Output.Concat(server.Errors).Any(IsAboutStuckHolds)));
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Single(server.Output.Concat(server.Errors), IsAboutStuckHolds);
        Assert.Equal(0, await server.TerminateAsync());

        static bool IsAboutStuckHolds(string line) =>
            line.Contains("Holds of site 1 that have run out stay open: 2 cannot end", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_or_a_kind_of_a_newer_version_concerns_nobody_who_does_not_ask_for_it()
    {
        await using var server = await ScripProcess.ServeAsync(Storage);
        await server.Client.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":500}]""");
        await server.Client.RedeemAsync("""{"code":"A","amount":"1.00","reference":"R"}""");
        await server.Client.RedeemAsync("""{"code":"B","amount":"1.00","reference":"R"}""");
        if (Storage.StartsWith("Host=", StringComparison.Ordinal))
            OperatorSql.Run(Storage, "alter table redemption drop constraint redemption_state, drop constraint redemption_hold, drop constraint redemption_live");
        OperatorSql.Run(Storage, "update redemption set state = 4294967298 where id = 1; update entry set kind = 77 where redemption_id = 1;");

        var unknown = await server.Client.FetchAsync(Redemptions + "1/");
        Assert.Equal((503, "30"), (unknown.Status, unknown.Header("Retry-After")));
        Assert.Contains("does not understand what is stored", unknown.Body, StringComparison.Ordinal);
        Assert.Equal(503, (await server.Client.FetchAsync(Liability)).Status);
        Assert.Equal(503, (await server.Client.FetchAsync(Certificates + "1/entry/")).Status);
        Assert.Equal(200, (await server.Client.FetchAsync(Certificates + "2/entry/")).Status);
        Assert.Equal(200, (await server.Client.FetchAsync(Redemptions + "2/")).Status);
        Assert.Equal(201, (await server.Client.RedeemAsync("""{"code":"A","amount":"1.00","reference":"S"}""")).Status);
        await server.TerminateAsync();
        Assert.Equal(1, (await ScripProcess.RunAsync(["verify", "--storage", Storage])).Status);
    }

    private static string Hold(string code, string end) =>
        $$"""{"code":"{{code}}","amount":"400.00","reference":"R","capture":false,"hold_expires_at":"{{end}}"}""";

    private static async Task<HttpClient> OpenShopAsync(ScripProcess server, string site)
    {
        Assert.Equal(201, (await server.Client.PostAsync(
            "/external/site/", $$"""{"name":"{{site}}","currency":"USD","time_zone":"UTC"}""")).Status);
        var (_, token) = await SharedScrip.CreateTokenAsync(
            server.Client, site, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
        var client = new HttpClient { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("API-Token", token);
        return client;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }
}
