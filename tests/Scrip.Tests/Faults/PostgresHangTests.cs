using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// The database hangs (SIGSTOP to all its processes): its machine accepts what it is sent and keeps every connection, but nothing responds.
/// The limits of the statements themselves are 30 and 90 seconds.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PostgresHangTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>The release takes five seconds. A busy machine may take longer, but less than any other limit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private static readonly string[] LargeCalls = [.. Enumerable.Range(0, 2).Select(call =>
        $"[{string.Join(',', Enumerable.Range(0, 3_000).Select(at => $$"""{"code":"LARGE-{{call}}-{{at}}"}"""))}]")];

    private readonly PostgresServer database = PostgresServer.Start();

    public void Dispose() => database.Dispose();

    [PostgresServerFact]
    public async Task Whatever_is_under_way_is_answered_soon_and_the_server_works_again_by_itself()
    {
        var storage = CreateDatabase();
        await using var scrip = await ScripProcess.ServeAsync(storage);
        var items = Enumerable.Range(1, 40_000).Select(at => $$"""{"code":"{{at:00000}}-{{new string('x', 240)}}"}""");
        Assert.Equal(201, (await scrip.Client.CreateAsync($"[{string.Join(',', items)}]")).Status);
        await using var list = await BeginListAsync(scrip.Client);
        using var rival = new NpgsqlConnection(storage + ";Pooling=false");
        rival.Open();
        using var hold = new NpgsqlCommand("begin; select from counter where site_id = 1 for update", rival);
        hold.ExecuteNonQuery();
        var held = scrip.Client.PutAsync(Certificates + "1/", """{"code":"HELD"}""");
        await UntilAsync(() => database.Ask("select pid from pg_stat_activity where wait_event_type = 'Lock'").Count == 1);

        database.Freeze();
        var started = Stopwatch.GetTimestamp();
        Task<Answer>[] calls =
        [
            held, scrip.Client.FetchAsync("/health/ready"), .. EachKind(scrip.Client),
            .. LargeCalls.Select(body => scrip.Client.CreateAsync(body)),
        ];
        await ExpectUnavailableAsync(calls);
        output.WriteLine($"All were answered {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s after the database hung.");
        await Assert.ThrowsAnyAsync<IOException>(() => list.CopyToAsync(Stream.Null).WaitAsync(LongestWait));

        (await scrip.Client.FetchAsync("/health/live")).Expect(200, """{"status":"live"}""");
        started = Stopwatch.GetTimestamp();
        await ExpectUnavailableAsync([.. Enumerable.Range(0, 40).SelectMany(_ => EachKind(scrip.Client))]);
        output.WriteLine($"Later ones were refused in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms.");

        database.Thaw();
        rival.Close();
        var ready = await scrip.Client.UntilAsync("/health/ready", 200);
        output.WriteLine($"Ready {ready.TotalMilliseconds:0} ms after the database went on.");
        Assert.All(await Task.WhenAll(EachKind(scrip.Client)), answer => Assert.InRange(answer.Status, 200, 201));
        await ScripProcess.ProveAsync(storage);
    }

    [PostgresServerFact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_done_twice()
    {
        var random = new Random(TestSettings.Seed(output));
        var storage = CreateDatabase();
        await using var scrip = await Load.ServeAsync(storage);
        var load = new Load();
        await load.PrepareAsync(scrip.Client);
        for (var round = 1; round <= TestSettings.Rounds(byDefault: 2); round++)
        {
            using var callers = new GatedClient(scrip.Client);
            var writing = load.WriteUntilGoneAsync(callers.Client);
            await UntilAsync(() => load.LeastAcknowledged >= round);
            await Task.Delay(random.Next(300));
            database.Freeze();
            await scrip.Client.UntilAsync("/health/ready", 503);
            // The probe may have noticed the silence first. Only the heartbeat releases a waiting call.
            await ExpectUnavailableAsync([scrip.Client.FetchAsync(Certificates + "1/")]);
            await Task.Delay(random.Next(500));
            database.Thaw();
            var ready = await scrip.Client.UntilAsync("/health/ready", 200);
            output.WriteLine($"Round {round}: ready {ready.TotalMilliseconds:0} ms after the database went on.");
            var back = await scrip.Client.CreateAsync($$"""[{"code":"BACK-{{round}}"}]""");
            Assert.True(back.Status == 201, back.Body);
            callers.Close();
            await writing;
            await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        }
        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        await ScripProcess.ProveAsync(storage);
    }

    [PostgresServerFact]
    public async Task A_long_wait_for_a_lock_is_not_taken_for_a_hang()
    {
        var storage = database.CreateDatabase();
        await using var scrip = await ScripProcess.ServeAsync(storage);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        using var rival = new NpgsqlConnection(storage + ";Pooling=false");
        rival.Open();
        using var hold = new NpgsqlCommand("begin; select from counter where site_id = 1 for update", rival);
        hold.ExecuteNonQuery();
        var held = scrip.Client.PutAsync(Certificates + "1/", """{"code":"HELD"}""");
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.False(held.IsCompleted);
        Assert.Equal(200, (await scrip.Client.FetchAsync("/health/ready")).Status);
        Assert.Equal(200, (await scrip.Client.FetchAsync(Certificates)).Status);
        rival.Close();
        Assert.Equal(200, (await held).Status);
    }

    [PostgresServerFact]
    public async Task A_server_that_starts_meanwhile_is_ready_when_the_database_goes_on()
    {
        var storage = database.CreateDatabase();
        database.Freeze();
        await using var scrip = await ScripProcess.ServeAsync(storage);
        Assert.Equal(503, (await scrip.Client.FetchAsync("/health/ready")).Status);
        database.Thaw();
        await scrip.Client.UntilAsync("/health/ready", 200);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Status);
    }

    [PostgresServerFact]
    public async Task Commands_end_with_one_line()
    {
        var storage = database.CreateDatabase();
        database.Freeze();
        foreach (var command in new string[][] { ["token", "list"], ["migrate"], ["verify"] })
        {
            var ended = await ScripProcess.RunAsync([.. command, "--storage", storage]);
            Assert.Equal((1, ""), (ended.Status, ended.Output));
            Assert.Matches("^scrip: The database [^\n]+ cannot be used: [^\n]+$", ended.Errors);
        }
    }

    [PostgresServerFact]
    public async Task A_server_that_is_asked_to_stop_ends()
    {
        await using var scrip = await ScripProcess.ServeAsync(database.CreateDatabase());
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        database.Freeze();
        var calls = EachKind(scrip.Client);
        // Once a later request is answered, these have arrived too.
        Assert.Equal(200, (await scrip.Client.FetchAsync("/health/live")).Status);
        Assert.Equal(0, await scrip.TerminateAsync());
        await ExpectUnavailableAsync(calls);
    }

    [PostgresServerFact]
    public async Task A_machine_that_vanishes_keeps_nobody_waiting_and_its_connections_are_not_used_again()
    {
        await using var network = MutableProxy.Start(database.Port);
        var direct = database.CreateDatabase();
        var storage = new NpgsqlConnectionStringBuilder(direct) { Port = network.Port }.ConnectionString;
        await using var scrip = await ScripProcess.ServeAsync(storage);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A"}]""")).Status);
        Assert.All(await Task.WhenAll(EachKind(scrip.Client)), answer => Assert.InRange(answer.Status, 200, 201));

        network.Mute();
        await ExpectUnavailableAsync([.. EachKind(scrip.Client), scrip.Client.FetchAsync("/health/ready")]);
        network.Unmute();
        var ready = await scrip.Client.UntilAsync("/health/ready", 200);
        output.WriteLine($"Ready {ready.TotalMilliseconds:0} ms after the machine was back.");
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(_ => EachKind(scrip.Client))).WaitAsync(LongestWait),
            answer => Assert.InRange(answer.Status, 200, 201));
        await ScripProcess.ProveAsync(direct);
    }

    [PostgresServerFact]
    public async Task A_standby_that_is_promoted_meanwhile_takes_over_and_the_one_that_wakes_up_is_left_alone()
    {
        using var primary = PostgresServer.Start("synchronous_standby_names='*'");
        using var standby = primary.StartStandby();
        var name = new NpgsqlConnectionStringBuilder(primary.CreateDatabase()).Database!;
        var storage = string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database={name}");
        await using var scrip = await Load.ServeAsync(storage);
        var load = new Load();
        await load.PrepareAsync(scrip.Client);
        using var callers = new GatedClient(scrip.Client);
        var writing = load.WriteUntilGoneAsync(callers.Client);
        await UntilAsync(() => load.LeastAcknowledged > 0);
        var frozenAt = primary.Ask("select now()::text").Single();
        primary.Freeze();
        await scrip.Client.UntilAsync("/health/ready", 503);
        standby.Promote();
        var ready = await scrip.Client.UntilAsync("/health/ready", 200);
        var readable = await scrip.Client.UntilAsync(Certificates, 200);
        output.WriteLine(
            $"Ready {ready.TotalMilliseconds:0} ms after the standby was promoted, and readable {readable.TotalMilliseconds:0} ms later.");
        primary.Thaw();
        // More at once than any pool holds: what finds none free must wait for one, not turn to the other host.
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => scrip.Client.FetchAsync(Certificates + "1/"))),
            answer => Assert.Equal(200, answer.Status));
        await UntilAsync(() => primary.Ask(
            $"select pid from pg_stat_activity where application_name = 'scrip' and backend_start > '{frozenAt}'").Count == 0);
        callers.Close();
        await writing;
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"BACK"}]""")).Status);
        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        await ScripProcess.ProveAsync(standby.Setting(name));
    }

    [PostgresServerFact]
    public async Task A_former_primary_is_not_used_again_even_if_it_alone_answers()
    {
        using var primary = PostgresServer.Start();
        using var standby = primary.StartStandby();
        var name = new NpgsqlConnectionStringBuilder(primary.CreateDatabase()).Database!;
        await using var scrip = await ScripProcess.ServeAsync(string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database={name}"));
        await UntilAsync(() => standby.Ask($"select 1 from pg_database where datname = '{name}'").Count == 1);
        primary.Freeze();
        await scrip.Client.UntilAsync("/health/ready", 503);
        standby.Promote();
        await scrip.Client.UntilAsync("/health/ready", 200);
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"SINCE"}]""")).Status);

        primary.Thaw();
        standby.Freeze();
        await scrip.Client.UntilAsync("/health/ready", 503);
        var refusedSince = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(refusedSince) < TimeSpan.FromSeconds(10))
        {
            Assert.Equal((503, 503), (
                (await scrip.Client.FetchAsync(Certificates)).Status, (await scrip.Client.CreateAsync("""[{"code":"LOST"}]""")).Status));
            await Task.Delay(100);
        }
        standby.Thaw();
        await scrip.Client.UntilAsync("/health/ready", 200);
        Assert.Equal(200, (await scrip.Client.FetchAsync($"{Certificates}?search=SINCE")).Status);
        await ScripProcess.ProveAsync(standby.Setting(name));
    }

    /// <summary>
    /// Creates a database without encryption. Starting encryption has a time limit, which would also end the driver's cancel requests.
    /// Otherwise these wait as long as the server hangs.
    /// </summary>
    private string CreateDatabase() => database.CreateDatabase() + ";SSL Mode=Disable";

    private static Task<Answer>[] EachKind(HttpClient client) =>
    [
        client.FetchAsync(Certificates + "1/"), client.FetchAsync(Certificates),
        client.FetchAsync(Certificates + "?page=1&page_size=1&is_active=true"),
        client.FetchAsync(Entries), client.FetchAsync(Liability), client.PutAsync(Certificates + "1/", """{"code":"CHANGED"}"""),
    ];

    private static async Task ExpectUnavailableAsync(IEnumerable<Task<Answer>> calls) => Assert.All(
        await Task.WhenAll(calls).WaitAsync(LongestWait),
        answer => Assert.Equal("1", answer.ExpectProblem(503, "unavailable").Header("Retry-After")));

    /// <summary>Begins a list: the first rows have arrived, and many more than fit into the buffers follow.</summary>
    private static async Task<Stream> BeginListAsync(HttpClient client)
    {
        var list = await client.GetStreamAsync(Certificates);
        Assert.Equal('[', list.ReadByte());
        return list;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
            await Task.Delay(50, limit.Token);
    }
}
