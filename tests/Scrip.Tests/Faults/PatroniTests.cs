using System.Globalization;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// Patroni moves the lead between three PostgreSQL servers during payments. <c>SCRIP_TEST_ROUNDS</c> is how often each way; the output
/// tells how long payments paused each time.
/// </summary>
[Trait("Database", "Postgres")]
public sealed class PatroniTests(ITestOutputHelper output)
{
    private const int Tills = 8;

    /// <summary>This many payments after a change show that payments continue.</summary>
    private const int Enough = 100;

    private readonly PaymentPauses pauses = new();

    [PatroniFact]
    public async Task Nothing_acknowledged_is_lost_when_the_leader_is_switched_over_or_killed_or_hangs_and_wakes()
    {
        using var cluster = await PatroniCluster.StartAsync();
        output.WriteLine($"Patroni {cluster.Version}");
        await using var scrip = await RestartedScrip.ServeAsync(cluster.Storage);
        var client = await scrip.ClientAsync();
        Assert.Equal(201, (await client.CreateAsync("""[{"code":"HOT","value":1000000}]""")).Status);
        var tills = Enumerable.Range(1, Tills).Select(at => new Payer(scrip, certificateId: 1, $"till-{at}", pauses)).ToList();
        using var end = new CancellationTokenSource();
        var paying = Task.WhenAll(tills.Select(till => Task.Run(() => till.WorkAsync(end.Token))));
        for (var round = 0; round < TestSettings.Rounds(byDefault: 1); round++)
        {
            await ChangeAsync("switched over", cluster.SwitchOverAsync, static _ => { });
            await ChangeAsync("killed", async () => (await cluster.LeaderAsync()).Kill(), static former => former.Start());
            await ChangeAsync("hung", async () => (await cluster.LeaderAsync()).Suspend(), static former => former.Wake());
        }
        await end.CancelAsync();
        await paying;

        await Task.WhenAll(tills.Select(till => till.CheckAsync(client)));
        var paid = tills.Sum(till => till.Calls.Acknowledged);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paid} payments were acknowledged."));
        var spent = string.Create(CultureInfo.InvariantCulture, $$"""{"spent":"{{paid / 100m:0.00}}"}""");
        (await client.FetchAsync($"{HttpCalls.Certificates}1/?fields=spent")).Expect(200, spent);
        await ScripProcess.ProveAsync(cluster.Storage);

        async Task ChangeAsync(string way, Func<Task> change, Action<PatroniNode> recover)
        {
            await ProgressAsync(tills, paying);
            pauses.TakeLongest();
            var former = await cluster.LeaderAsync();
            await change();
            await cluster.UntilAnotherLeadsAsync(former);
            await ProgressAsync(tills, paying);
            var pause = pauses.TakeLongest();
            var read = await client.UntilAsync($"{HttpCalls.Certificates}1/", 200);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The leader was {way}: payments paused for {pause.TotalSeconds:0.0} s, and could be read {read.TotalSeconds:0.0} s later."));
            recover(former);
            await cluster.UntilCompleteAsync();
            // Whatever the former leader does now, it does during payments.
            await ProgressAsync(tills, paying);
        }
    }

    /// <summary>
    /// Waits until enough further payments were acknowledged or a till has failed; awaiting all tills then reports the failure.
    /// </summary>
    private static async Task ProgressAsync(IReadOnlyList<Payer> tills, Task paying)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        for (var enough = Acknowledged() + Enough; Acknowledged() < enough && !paying.IsCompleted;)
            await Task.Delay(10, limit.Token);

        int Acknowledged() => tills.Sum(till => till.Calls.Acknowledged);
    }
}
