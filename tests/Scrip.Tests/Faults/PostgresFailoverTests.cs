using System.Globalization;
using Npgsql;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>The primary is killed for good, and its synchronous standby takes its place.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresFailoverTests(ITestOutputHelper output)
{
    [PostgresServerFact]
    public async Task A_server_that_knows_both_hosts_goes_on_with_the_standby_and_nothing_acknowledged_is_lost()
    {
        using var primary = PostgresServer.Start("synchronous_standby_names='*'");
        using var standby = primary.StartStandby();
        var database = NameIn(primary.CreateDatabase());
        // The standby comes first: the role counts, not the order.
        var storage = string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1:{standby.Port},127.0.0.1:{primary.Port};Username=postgres;Database={database}");
        await using var scrip = await Load.ServeAsync(storage);
        var load = new Load();
        await load.PrepareAsync(scrip.Client);
        Assert.Contains(scrip.Output, line => line.EndsWith(", a commit waits for a standby)", StringComparison.Ordinal));
        Assert.Equal(["sync"], primary.Ask("select sync_state from pg_stat_replication"));

        using var callers = new GatedClient(scrip.Client);
        var writing = load.WriteUntilGoneAsync(callers.Client);
        await load.UntilAllAcknowledgedAsync(writing);
        await Task.Delay(500);
        primary.Kill();
        standby.Promote();
        var ready = await scrip.Client.UntilAsync("/health/ready", 200);
        // Readers look for the primary by themselves, once a second.
        var readable = await scrip.Client.UntilAsync(HttpCalls.Certificates, 200);
        output.WriteLine(
            $"Ready {ready.TotalMilliseconds:0} ms after the standby was promoted, and readable {readable.TotalMilliseconds:0} ms later.");
        Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"BACK"}]""")).Status);
        callers.Close();
        await writing;

        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        // What was settled then gets the same bytes again.
        await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
        output.WriteLine($"{load.Acknowledged} calls were acknowledged.");
        Assert.True(load.LeastAcknowledged > 0, "Some kind of caller never had a call acknowledged: the test shows nothing of it.");
        await ScripProcess.ProveAsync(storage);
    }

    [Fact]
    public async Task A_server_says_at_its_start_that_no_standby_has_what_it_acknowledges()
    {
        await using var scrip = await ScripProcess.ServeAsync(new TestPostgres().Storage);
        Assert.Contains(scrip.Output, line => line.EndsWith(", a commit waits for no standby)", StringComparison.Ordinal));
    }

    private static string NameIn(string storage) => new NpgsqlConnectionStringBuilder(storage).Database!;
}
