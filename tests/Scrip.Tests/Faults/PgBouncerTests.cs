using Npgsql;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// A pgbouncer between Scrip and PostgreSQL. If it lends whole sessions, everything works as without it; otherwise the start is refused.
/// <c>SCRIP_TEST_ROUNDS</c> is how often the pooler and the database are killed.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PgBouncerTests(ITestOutputHelper output)
{
    [PgBouncerFact]
    public async Task Kills_of_the_pooler_or_the_database_under_load_lose_nothing_acknowledged_and_need_no_restart()
    {
        using var database = PostgresServer.Start();
        using var pooler = PgBouncer.Start(database.CreateDatabase());
        await using var scrip = await Load.ServeAsync(pooler.Storage);
        await using var another = await Load.ServeAsync(pooler.Storage);
        var load = new Load();
        await load.PrepareAsync(scrip.Client);
        var rounds = TestSettings.Rounds(byDefault: 2);
        for (var round = 1; round <= 2 * rounds; round++)
        {
            using var callers = new GatedClient(scrip.Client);
            var writing = load.WriteUntilGoneAsync(callers.Client);
            await load.UntilAllAcknowledgedAsync(writing);
            await Task.Delay(500);
            var isPooler = round % 2 == 1;
            if (isPooler)
                pooler.Kill();
            else
                database.Kill();
            foreach (var server in new[] { scrip, another })
            {
                await server.Client.UntilAsync("/health/ready", 503);
                (await server.Client.CreateAsync("""[{"code":"NEVER-STORED"}]""")).ExpectProblem(503, "unavailable");
                (await server.Client.FetchAsync(HttpCalls.Certificates)).ExpectProblem(503, "unavailable");
            }
            if (isPooler)
                pooler.Resume();
            else
                database.Resume();
            foreach (var server in new[] { scrip, another })
            {
                var ready = await server.Client.UntilAsync("/health/ready", 200);
                var readable = await server.Client.UntilAsync(HttpCalls.Certificates, 200);
                output.WriteLine($"Round {round}: ready after {ready.TotalMilliseconds:0} ms, and readable {readable.TotalMilliseconds:0} ms later.");
            }
            Assert.Equal(201, (await another.Client.CreateAsync($$"""[{"code":"BACK-{{round}}"}]""")).Status);
            callers.Close();
            await writing;
            await load.CheckAsync(another.Client, unansweredMayBeStored: true);
        }
        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        Assert.True(load.LeastAcknowledged > 0, "Some kind of caller never had a call acknowledged: the test shows nothing of it.");
        await ScripProcess.ProveAsync(pooler.Storage);
    }

    [PgBouncerFact]
    public Task A_pooler_that_lends_sessions_for_a_transaction_is_refused_in_one_line() => RefusedAsync("pool_mode = transaction");

    [PgBouncerFact]
    public Task A_pooler_that_lends_sessions_in_turns_is_refused_in_one_line() =>
        RefusedAsync("pool_mode = transaction", "server_round_robin = 1", "min_pool_size = 5");

    [PgBouncerFact]
    public Task A_pooler_that_has_one_session_to_lend_is_refused_in_one_line() =>
        RefusedAsync("pool_mode = transaction", "default_pool_size = 1");

    [PgBouncerFact]
    public Task A_pooler_that_lends_sessions_for_a_statement_is_refused_in_one_line() => RefusedAsync("pool_mode = statement");

    /// <summary>The transactions of others in between make each connection's own session look busy or free by chance.</summary>
    [PgBouncerFact]
    public async Task A_pooler_that_is_busy_with_others_is_refused_in_one_line()
    {
        var storage = new TestPostgres().Storage;
        using var pooler = PgBouncer.Start(storage, "pool_mode = transaction");
        using var end = new CancellationTokenSource();
        var others = Enumerable.Range(0, 4).Select(_ => KeepBusyAsync(pooler.Storage, end.Token)).ToList();
        for (var round = 0; round < 5; round++)
            await CommandIsRefusedAsync(["verify", "--storage", pooler.Storage]);
        await end.CancelAsync();
        await Task.WhenAll(others);
    }

    private static async Task RefusedAsync(params string[] settings)
    {
        var storage = new TestPostgres().Storage;
        using var pooler = PgBouncer.Start(storage, settings);
        await CommandIsRefusedAsync(["serve", "--urls", "http://127.0.0.1:0", "--storage", pooler.Storage]);
        // Its own database is in order, so the pooler alone is at fault.
        Assert.Equal(0, (await ScripProcess.RunAsync(["migrate", "--storage", storage])).Status);
        foreach (var command in (string[][])[["serve", "--urls", "http://127.0.0.1:0"], ["migrate"], ["verify"], ["token", "list"]])
            await CommandIsRefusedAsync([.. command, "--storage", pooler.Storage]);
    }

    private static async Task CommandIsRefusedAsync(string[] command)
    {
        var ended = await ScripProcess.RunAsync(command);
        Assert.Equal((1, ""), (ended.Status, ended.Output));
        Assert.Matches("^scrip: A pooler shares the database's sessions [^\n]*pool_mode must be session\\.$", ended.Errors);
    }

    private static async Task KeepBusyAsync(string storage, CancellationToken end)
    {
        await using var connection = new NpgsqlConnection(storage + ";Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("select pg_sleep(0.0002)", connection);
        while (!end.IsCancellationRequested)
            await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
