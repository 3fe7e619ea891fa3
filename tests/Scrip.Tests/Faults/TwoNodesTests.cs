using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>Sites on two nodes: each node serves its own, and the death of one does not affect the sites of the other.</summary>
[Trait("Database", "Postgres")]
public sealed partial class TwoNodesTests : IAsyncLifetime, IDisposable
{
    private readonly PlayedCluster cluster = new();
    private ScripProcess scrip = null!;
    private int made = 1;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await scrip.DisposeAsync();

    public void Dispose() => cluster.Dispose();

    [PostgresServerFact]
    public async Task A_payment_is_one_transaction_on_the_node_of_its_site()
    {
        scrip = await ScripProcess.ServeAsync(cluster.Storage);
        using var even = await MakeSiteAsync();
        var (first, second) = (StatementsOf(cluster.First).Count, StatementsOf(cluster.Second).Count);
        await PayAsync(even, "PAID");

        var there = StatementsOf(cluster.Second)[second..];
        Assert.Contains(there, statement => statement.StartsWith("insert into redemption_1060", StringComparison.Ordinal));
        Assert.Contains(there, statement => statement == "commit");
        Assert.DoesNotContain(there, statement => statement.Contains("prepare transaction", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(StatementsOf(cluster.First)[first..], statement => WritesOrLocks(statement));
        // Statements that Citus must plan are planned with their values.
        Assert.DoesNotContain("parameters: $1 = 'force_generic_plan'", cluster.First.ReadLog(), StringComparison.Ordinal);
        Assert.DoesNotContain("parameters: $1 = 'auto'", cluster.Second.ReadLog(), StringComparison.Ordinal);
    }

    [PostgresServerFact]
    public async Task A_dead_node_stops_its_own_sites_alone()
    {
        scrip = await ScripProcess.ServeAsync(cluster.Storage);
        using var even = await MakeSiteAsync();
        await PayAsync(even, "BEFORE");
        cluster.Second.Kill();

        Assert.Equal("1", (await TryPayAsync(even, "AWAY")).ExpectProblem(503, "unavailable").Header("Retry-After"));
        await PayAsync(scrip.Client, "HERE");
        (await scrip.Client.FetchAsync("/health/ready")).Expect(
            200, $$"""{"status":"ready","nodes_away":["127.0.0.1:{{cluster.Second.Port}}"]}""");
        // In the meantime sites and tokens are created, including tokens of the unavailable sites, and another server starts.
        using (var odd = await MakeSiteAsync())
            await PayAsync(odd, "NEW");
        await SharedScrip.CreateTokenAsync(scrip.Client, "site-2", "certificates:read");
        await using (var late = await ScripProcess.ServeAsync(cluster.Storage))
        {
            await PayAsync(late.Client, "LATE");
            Assert.Equal(200, (await late.Client.FetchAsync("/health/ready")).Status);
        }

        cluster.Second.Resume();
        await even.UntilAsync(Certificates + "1/", 200);
        await PayAsync(even, "AFTER");
        await scrip.Client.UntilAsync("/health/ready", 200);
    }

    [PostgresServerFact]
    public async Task A_site_that_has_moved_is_found_again()
    {
        scrip = await ScripProcess.ServeAsync(cluster.Storage);
        using var even = await MakeSiteAsync();
        await PayAsync(even, "THERE");
        cluster.MoveAllToFirst();
        await PayAsync(even, "HERE");

        Assert.Equal(["2"], PlayedCluster.Ask(cluster.First, "select count(*) from redemption_1060"));
        Assert.Equal(["1"], PlayedCluster.Ask(cluster.Second, "select count(*) from redemption_1060"));
    }

    /// <summary>Creates a site. Sites are numbered, and the default one is 1.</summary>
    private async Task<HttpClient> MakeSiteAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"site-{++made}");
        Assert.Equal(201, (await scrip.Client.PostAsync(
            "/external/site/", $$"""{"name":"{{name}}","currency":"USD","time_zone":"UTC"}""")).Status);
        var (_, token) = await SharedScrip.CreateTokenAsync(scrip.Client, name, "certificates:read", "certificates:write", "redemptions:write");
        var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("API-Token", token);
        return client;
    }

    private static async Task PayAsync(HttpClient site, string code) => Assert.Equal(201, (await TryPayAsync(site, code)).Status);

    private static async Task<Answer> TryPayAsync(HttpClient site, string code)
    {
        var made = await site.CreateAsync($$"""[{"code":"{{code}}","value":5}]""");
        return made.Status == 201 ? await site.RedeemAsync($$"""{"code":"{{code}}","amount":"1.00","reference":"R-{{code}}"}""") : made;
    }

    private static bool WritesOrLocks(string statement) =>
        statement.StartsWith("insert", StringComparison.Ordinal) || statement.StartsWith("update", StringComparison.Ordinal)
        || statement.Contains("for update", StringComparison.Ordinal);

    /// <summary>The first line of each statement that Scrip sent to the server.</summary>
    private static List<string> StatementsOf(PostgresServer server) =>
        [.. LoggedStatement().Matches(server.ReadLog()).Select(match => match.Groups["line"].Value)];

    [GeneratedRegex("^scrip:LOG:  (?:execute [^:]+|statement): (?:--.*\n\t)*(?<line>.*)$", RegexOptions.Multiline)]
    private static partial Regex LoggedStatement();
}
