using System.Diagnostics;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>The database is killed under a running server, and comes back. <c>SCRIP_TEST_ROUNDS</c> is how often.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresKillTests(ITestOutputHelper output)
{
    [PostgresServerFact]
    public async Task A_kill_of_the_database_under_load_loses_nothing_acknowledged_and_needs_no_restart()
    {
        var random = new Random(TestSettings.Seed(output));
        var rounds = TestSettings.Rounds(byDefault: 3);
        using var database = PostgresServer.Start();
        var storage = database.CreateDatabase();
        await using var scrip = await Load.ServeAsync(storage);
        var load = new Load();
        await load.PrepareAsync(scrip.Client);
        for (var round = 1; round <= rounds; round++)
        {
            using var callers = new GatedClient(scrip.Client);
            var writing = load.WriteUntilGoneAsync(callers.Client);
            await Task.Delay(random.Next(200, 800));
            var isCommitting = round % 2 == 1;
            if (isCommitting)
                await UntilCommitWaitsAsync(database);
            database.Kill();
            await IsAwayAsync(scrip.Client);
            await Task.Delay(random.Next(500));
            database.Resume();
            if (isCommitting)
                database.ForgetStandby();
            var ready = await scrip.Client.UntilAsync("/health/ready", 200);
            output.WriteLine($"Round {round}: ready {ready.TotalMilliseconds:0} ms after the database.");
            Assert.Equal(201, (await scrip.Client.CreateAsync($$"""[{"code":"BACK-{{round}}"}]""")).Status);
            callers.Close();
            await writing;
            await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        }
        // What the last round has settled gets the same bytes again.
        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        Assert.True(load.LeastAcknowledged > 0, "Some kind of caller never had a call acknowledged: the test shows nothing of it.");
        await ScripProcess.ProveAsync(storage);
    }

    /// <summary>
    /// Waits for a commit that is on the disk but has no response. A random kill hardly ever meets one, so the commit waits for a standby
    /// that does not exist.
    /// </summary>
    private static async Task UntilCommitWaitsAsync(PostgresServer database)
    {
        database.RequireStandby();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (database.WaitingCommits().Count == 0)
            await Task.Delay(10, limit.Token);
    }

    /// <summary>Every call gets a 503 with a time to retry; none waits for the database.</summary>
    private async Task IsAwayAsync(HttpClient client)
    {
        await client.UntilAsync("/health/ready", 503);
        (await client.FetchAsync("/health/live")).Expect(200, """{"status":"live"}""");
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ => new[]
        {
            client.FetchAsync("/health/ready"),
            client.FetchAsync(Certificates + "1/"),
            client.FetchAsync(Certificates),
            client.PutAsync(Certificates + "1/", """{"code":"NEVER-STORED"}"""),
            client.CreateAsync("""[{"code":"NEVER-STORED"}]"""),
        }));
        Assert.All(answers, answer => Assert.Equal("1", answer.ExpectProblem(503, "unavailable").Header("Retry-After")));
        output.WriteLine($"{answers.Length} calls were refused in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms.");
    }
}
