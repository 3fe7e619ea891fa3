using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// The executable starts while its PostgreSQL is unavailable, wholly or in part. It waits for what passes by itself, and refuses in one
/// line what an operator must mend.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class DatabaseAwayAtStartTests
{
    [PostgresServerFact]
    public async Task A_server_that_starts_before_its_database_becomes_ready_with_it()
    {
        using var server = PostgresServer.Start();
        var storage = server.CreateDatabase();
        server.Kill();
        await using var scrip = await StartNotReadyAsync(storage);

        server.Resume();
        await BecomesReadyAsync(scrip, storage);
    }

    [PostgresServerFact]
    public async Task A_server_that_finds_no_free_connection_waits_for_one()
    {
        using var server = PostgresServer.Start();
        server.Ask("create role shop login connection limit 0");
        server.Ask("create database shop owner shop encoding 'UTF8' template template0");
        var storage = new NpgsqlConnectionStringBuilder(server.Setting("shop")) { Username = "shop" }.ConnectionString;
        await using var scrip = await StartNotReadyAsync(storage);

        server.Ask("alter role shop connection limit -1");
        await BecomesReadyAsync(scrip, storage);
    }

    [PostgresServerFact]
    public async Task A_server_that_finds_a_standby_waits_until_it_is_promoted()
    {
        using var primary = PostgresServer.Start();
        var storage = primary.CreateDatabase();
        Assert.Equal(0, (await ScripProcess.RunAsync(["migrate", "--storage", storage])).Status);
        using var standby = primary.StartStandby();
        storage = standby.Setting(new NpgsqlConnectionStringBuilder(storage).Database!);
        await using var scrip = await StartNotReadyAsync(storage);

        primary.Kill();
        standby.Promote();
        await BecomesReadyAsync(scrip, storage);
    }

    [Fact]
    public async Task A_server_that_cannot_read_a_part_of_its_database_waits_for_it()
    {
        var database = new TestPostgres();
        Assert.Equal(0, (await ScripProcess.RunAsync(["migrate", "--storage", database.Storage])).Status);
        database.Ask("alter table api_token rename to away");
        await using var scrip = await StartNotReadyAsync(database.Storage);

        database.Ask("alter table away rename to api_token");
        await BecomesReadyAsync(scrip, database.Storage);
    }

    [Fact]
    public async Task A_server_whose_name_nobody_knows_yet_is_waited_for()
    {
        await using var scrip = await StartNotReadyAsync("Host=no-such-database.invalid;Username=scrip;Database=scrip");
        Assert.Equal(0, await scrip.TerminateAsync());
    }

    [Fact]
    public async Task What_nobody_can_wait_for_is_refused_in_one_line()
    {
        var newer = new TestPostgres();
        Assert.Equal(0, (await ScripProcess.RunAsync(["migrate", "--storage", newer.Storage])).Status);
        newer.Ask("update schema_version set version = 1000");
        await RefusedAsync(newer.Storage, "newer Scrip");

        var settings = new NpgsqlConnectionStringBuilder(newer.Storage);
        newer.Ask($"create database {settings.Database}_ascii encoding 'SQL_ASCII' template template0");
        await RefusedAsync(new NpgsqlConnectionStringBuilder(newer.Storage) { Database = $"{settings.Database}_ascii" }.ConnectionString, "UTF8");

        await RefusedAsync(new NpgsqlConnectionStringBuilder(newer.Storage) { Database = "no_such_database" }.ConnectionString, "no_such_database");
        await RefusedAsync("Host=127.0.0.1;Database=scrip;Port=99999", "Port");
        await RefusedAsync("Host=127.0.0.1;Database=scrip;SSL Mode=Perhaps", "is invalid");
        await RefusedAsync("Host=127.0.0.1;Database=scrip;Target Session Attributes=best", "is invalid");
    }

    [PostgresServerFact]
    public async Task A_database_server_that_forgets_is_refused_in_one_line()
    {
        using var server = PostgresServer.Start("fsync=off");
        await RefusedAsync(server.CreateDatabase(), "fsync");
    }

    [Theory]
    [InlineData("token", "list")]
    [InlineData("site", "list")]
    [InlineData("migrate")]
    [InlineData("migrate", "--dry-run")]
    [InlineData("verify")]
    public async Task A_command_does_not_wait_and_says_why_in_one_line(params string[] command)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var storage = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=scrip;Database=scrip");
        var ended = await ScripProcess.RunAsync([.. command, "--storage", storage]);
        Assert.Equal((1, ""), (ended.Status, ended.Output));
        Assert.Matches("^scrip: The database scrip on 127.0.0.1 cannot be used: [^\n]+$", ended.Errors);
    }

    private static async Task<ScripProcess> StartNotReadyAsync(string storage)
    {
        var scrip = await ScripProcess.ServeAsync(storage);
        Assert.Single(scrip.Output, line => line.StartsWith("scrip: not ready: ", StringComparison.Ordinal));
        Assert.Equal(200, (await scrip.Client.FetchAsync("/health/live")).Status);
        Assert.Equal(200, (await scrip.Client.FetchAsync("/openapi/v1.json")).Status);
        ExpectAway(await scrip.Client.FetchAsync("/health/ready"));
        ExpectAway(await scrip.Client.FetchAsync(HttpCalls.Certificates));
        ExpectAway(await scrip.Client.FetchAsync(HttpCalls.Certificates, ("API-Token", "scrip_default_unknown")));
        ExpectAway(await scrip.Client.CreateAsync("""[{"code":"EARLY"}]"""));
        ExpectAway(await scrip.Client.FetchAsync("/external/api-token/"));
        Assert.Empty(scrip.Errors);
        return scrip;
    }

    private static void ExpectAway(Answer answer)
    {
        answer.ExpectProblem(503, "unavailable");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    private static async Task BecomesReadyAsync(ScripProcess scrip, string storage)
    {
        await scrip.Client.UntilAsync("/health/ready", 200);
        (await scrip.Client.CreateAsync("""[{"code":"FIRST"}]""")).Expect(201, """[{"id":1,"code":"FIRST","is_active":true,"value":0}]""");
        Assert.Equal(401, (await new HttpClient { BaseAddress = scrip.Client.BaseAddress }.FetchAsync(HttpCalls.Certificates)).Status);
        Assert.Equal(0, await scrip.TerminateAsync());
        Assert.Empty(scrip.Errors);
        await ScripProcess.ProveAsync(storage);
    }

    private static async Task RefusedAsync(string storage, string reason)
    {
        foreach (var command in new[] { new[] { "serve", "--urls", "http://127.0.0.1:0" }, ["token", "list"] })
        {
            var ended = await ScripProcess.RunAsync([.. command, "--storage", storage]);
            Assert.Equal((1, ""), (ended.Status, ended.Output));
            Assert.Matches($"^scrip: [^\n]*{reason}[^\n]*$", ended.Errors);
        }
    }
}
