using System.Net.Sockets;
using System.Text;
using Npgsql;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// Scans that do not end: the test holds the lock that every filter by <c>is_active</c>, or every count, waits for. They take neither
/// connections nor turns from other reads, and end when their caller disconnects.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresScanTests
{
    private const string Scan = Certificates + "?page_size=1&is_active=false";
    private const string Lock = "select pg_advisory_xact_lock(22)";

    /// <summary>Makes the server find the test's objects before its own.</summary>
    private const string SearchPath = ";Options=-c search_path=public,pg_catalog";

    private const string SlowFilter =
        """
        create function slow_equals(boolean, boolean) returns boolean language plpgsql volatile as $$
        begin perform pg_advisory_xact_lock_shared(22); return booleq($1, $2); end $$;
        create operator public.= (function = slow_equals, leftarg = boolean, rightarg = boolean)
        """;

    private const string SlowCount =
        """
        create function slow_plus(bigint) returns bigint language plpgsql volatile as $$
        begin perform pg_advisory_xact_lock_shared(22); return $1 + 1; end $$;
        create aggregate public.count(*) (sfunc = slow_plus, stype = bigint, initcond = '0')
        """;

    private const string WaitingScans =
        "select pid from pg_stat_activity where datname = current_database() and application_name = 'scrip' and wait_event = 'advisory'";

    /// <summary>Less than a scan waits for its turn before it is refused, and far longer than anything takes that need not wait.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private readonly TestPostgres database = new();

    [Theory]
    [InlineData(32, "")]
    [InlineData(32, ";Maximum Pool Size=6")]
    [InlineData(200, "")]
    public async Task Scans_of_one_site_keep_nothing_else_waiting(int scans, string pool)
    {
        await using var scrip = await ScripProcess.ServeAsync(database.Storage + SearchPath + pool);
        scrip.Client.Timeout = CallLimit;
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":10},{"code":"B","value":10}]""")).Status);
        var neighbour = await MakeSiteAsync(scrip);
        database.Ask(SlowFilter);

        using var held = database.Hold(Lock);
        var scanning = Enumerable.Range(0, scans).Select(_ => scrip.Client.FetchAsync(Scan)).ToList();
        await UntilAsync(() => database.Ask(WaitingScans).Count > 0);
        for (var round = 1; round <= 8; round++)
        {
            foreach (var client in new[] { scrip.Client, neighbour })
            {
                Assert.Equal(201, (await client.RedeemAsync($$"""{"code":"A","amount":"1.00","reference":"R{{round}}"}""", $"key-{round}")).Status);
                Assert.Equal(200, (await client.FetchAsync(Certificates + "1/")).Status);
                Assert.Equal(200, (await client.FetchAsync(Certificates + "?code=A")).Status);
            }
            Assert.Equal(200, (await neighbour.FetchAsync(Certificates + "?page_size=1&search=b")).Status);
            Assert.Equal(200, (await neighbour.FetchAsync(Certificates)).Status);
            Assert.Equal(200, (await neighbour.FetchAsync("/health/live")).Status);
            Assert.Equal(200, (await neighbour.FetchAsync("/health/ready")).Status);
        }
        Assert.NotEmpty(database.Ask(WaitingScans));

        var refused = (await await Task.WhenAny(scanning)).ExpectProblem(503, "unavailable");
        Assert.Equal("1", refused.Header("Retry-After"));
        held.Dispose();
        await Task.WhenAll(scanning);
        Assert.Equal(200, (await scrip.Client.FetchAsync(Scan)).Status);
    }

    [Theory]
    [InlineData("?page_size=1&is_active=false", SlowFilter)]
    [InlineData("?page_size=1&is_active=true", SlowCount)]
    [InlineData("?is_active=false", SlowFilter)]
    [InlineData("redemption/?page_size=1", SlowCount)]
    [InlineData("entry/?page_size=1", SlowCount)]
    public async Task The_statement_of_a_caller_who_has_gone_ends_on_the_server(string call, string slow) =>
        await CheckAbandonedAsync(database.Storage + SearchPath, call, slow);

    /// <summary>Behind a pooler the connection has a different number than its server process.</summary>
    [PgBouncerFact]
    public async Task The_statement_of_a_caller_who_has_gone_ends_behind_a_pooler()
    {
        // A pooler does not pass on a connection's options.
        database.Ask($"alter database {new NpgsqlConnectionStringBuilder(database.Storage).Database} set search_path = public, pg_catalog");
        using var pooler = PgBouncer.Start(database.Storage);
        await CheckAbandonedAsync(pooler.Storage, "?page_size=1&is_active=false", SlowFilter);
    }

    /// <summary>
    /// PostgreSQL's protocol cancels a statement over a separate connection, which the database then closes. If a thread that receives for
    /// all sockets waited for that, it would wait for itself, and some connections would never be served again.
    /// </summary>
    [Fact]
    public async Task Callers_who_leave_stop_nobody_else()
    {
        var settings = new NpgsqlConnectionStringBuilder(database.Storage);
        await using var proxy = TricklingProxy.Start(settings.Port, pieceBytes: 8_192, lateness: TimeSpan.FromMilliseconds(300));
        settings.Port = proxy.Port;
        settings.Timeout = 300;
        await using var scrip = await ScripProcess.ServeAsync(settings.ConnectionString + SearchPath);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":10},{"code":"B","value":10}]""")).Status);
        database.Ask(SlowFilter);

        using var held = database.Hold(Lock);
        for (var round = 1; round <= 10; round++)
        {
            using (var client = new TcpClient())
            {
                await AskAsync(client, scrip, Scan);
                await UntilAsync(() => database.Ask(WaitingScans).Count == 1);
            }
            await UntilAsync(() => database.Ask(WaitingScans).Count == 0);
            for (var connection = 1; connection <= 4; connection++)
            {
                using var another = new HttpClient { BaseAddress = scrip.Client.BaseAddress, Timeout = CallLimit };
                Assert.Equal(200, (await another.FetchAsync("/health/live")).Status);
            }
        }
    }

    private async Task CheckAbandonedAsync(string storage, string call, string slow)
    {
        await using var scrip = await ScripProcess.ServeAsync(storage);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":10},{"code":"B","value":10}]""")).Status);
        Assert.Equal(201, (await scrip.Client.RedeemAsync("""{"code":"A","amount":"1.00","reference":"R1"}""", "key-1")).Status);
        Assert.Equal(201, (await scrip.Client.RedeemAsync("""{"code":"A","amount":"1.00","reference":"R2"}""", "key-2")).Status);
        database.Ask(slow);

        using var held = database.Hold(Lock);
        for (var round = 0; round < 30; round++)
        {
            using (var client = new TcpClient())
            {
                await AskAsync(client, scrip, Certificates + call);
                // Every other caller leaves about when its statement begins, when there may be nothing to cancel yet.
                if (round % 2 == 0)
                    await UntilAsync(() => database.Ask(WaitingScans).Count == 1);
                else
                    await Task.Delay(round % 9);
            }
            await UntilAsync(() => database.Ask(WaitingScans).Count == 0);
        }
        held.Dispose();
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates + call)).Status);
    }

    private static async Task AskAsync(TcpClient client, ScripProcess scrip, string call)
    {
        await client.ConnectAsync(scrip.Client.BaseAddress!.Host, scrip.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {call} HTTP/1.1\r\nHost: x\r\nAPI-Token: {ScripProcess.AdminToken}\r\n\r\n"));
    }

    private static async Task<HttpClient> MakeSiteAsync(ScripProcess scrip)
    {
        Assert.Equal(201, (await scrip.Client.PostAsync("/external/site/", """{"name":"neighbour","currency":"USD","time_zone":"UTC"}""")).Status);
        var (_, token) = await SharedScrip.CreateTokenAsync(
            scrip.Client, "neighbour", "certificates:read", "certificates:write", "redemptions:write");
        var client = new HttpClient { BaseAddress = scrip.Client.BaseAddress, Timeout = CallLimit };
        client.DefaultRequestHeaders.Add("API-Token", token);
        Assert.Equal(201, (await client.CreateAsync("""[{"code":"A","value":10},{"code":"B","value":10}]""")).Status);
        return client;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(CallLimit);
        while (!isSo())
            await Task.Delay(10, limit.Token);
    }
}
