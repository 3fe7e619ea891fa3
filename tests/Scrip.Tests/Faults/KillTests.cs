using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>The process is killed while many clients write, and restarted on the same data.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 6;

    [Fact]
    public async Task A_kill_under_load_loses_nothing_acknowledged_and_leaves_nothing_half_done()
    {
        var random = new Random(TestSettings.Seed(output));
        var load = new Load();
        using var storage = new TestStorage();
        for (var kills = 0; ; kills++)
        {
            await using var scrip = await Load.ServeAsync(storage.Setting);
            if (kills == 0)
                await load.PrepareAsync(scrip.Client);
            await load.CheckAsync(scrip.Client, unansweredMayBeStored: true);
            if (kills == Kills)
                break;
            var writing = load.WriteUntilGoneAsync(scrip.Client);
            await Task.Delay(random.Next(200, 800));
            await scrip.KillAsync();
            await writing;
        }
        if (!TestStorage.IsPostgres)
            Stored.CheckIntegrity(Path.Combine(storage.Folder, "scrip.db"));
        output.WriteLine($"{load.Acknowledged} calls were acknowledged, {load.Unanswered} were under way when the process was killed.");
        Assert.True(load.LeastAcknowledged > 0, "Some kind of caller never had a call acknowledged: the test shows nothing of it.");
        Assert.True(load.Unanswered > Kills, "Hardly a call was under way at any kill: the test shows nothing.");
    }
}
