using Scrip.Tests.Faults.Histories;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// The responses to concurrent callers of the executable, through time-outs and kills, are those that sequential callers would have got.
/// <c>SCRIP_TEST_ROUNDS</c> is the number of kills.
/// </summary>
public sealed class LinearizabilityTests(ITestOutputHelper output)
{
    private const int KillsInOneHistory = 2;

    [Fact]
    public async Task A_history_through_kills_of_the_server_is_linearizable()
    {
        using var folder = new TemporaryFolder();
        await using var scrip = await RestartedScrip.ServeAsync(folder.Storage);
        await CheckAsync(folder.Storage, [scrip], kill: _ => scrip.KillAndRestartAsync());
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task A_history_of_two_servers_on_one_database_through_kills_of_either_is_linearizable()
    {
        var storage = TestStorage.NewPostgresDatabase();
        await using var first = await RestartedScrip.ServeAsync(storage);
        await using var second = await RestartedScrip.ServeAsync(storage);
        await CheckAsync(storage, [first, second], kill: round => (round % 2 == 0 ? first : second).KillAndRestartAsync());
    }

    [PostgresServerFact]
    [Trait("Database", "Postgres")]
    public async Task A_history_through_kills_of_the_database_is_linearizable()
    {
        using var database = PostgresServer.Start();
        var storage = database.CreateDatabase();
        await using var scrip = await RestartedScrip.ServeAsync(storage);
        await CheckAsync(storage, [scrip], kill: _ =>
        {
            database.Kill();
            database.Resume();
            return Task.CompletedTask;
        });
    }

    private async Task CheckAsync(string storage, IReadOnlyList<RestartedScrip> servers, Func<int, Task> kill)
    {
        var seed = TestSettings.Seed(output);
        var kills = TestSettings.Rounds(KillsInOneHistory);
        // Several short histories instead of a long one: each call without a response doubles the number of possible states.
        for (var killed = 0; killed < kills; killed += KillsInOneHistory)
        {
            var first = killed;
            await CheckAsync(
                new HistoryRecorder(servers, seed + killed, number: killed / KillsInOneHistory),
                new Random(seed + killed),
                at => kill(first + at));
        }
        await ScripProcess.ProveAsync(storage);
    }

    private async Task CheckAsync(HistoryRecorder recorder, Random random, Func<int, Task> kill)
    {
        await recorder.PrepareAsync();
        using var end = new CancellationTokenSource();
        var recording = recorder.RecordAsync(end.Token);
        for (var at = 0; at < KillsInOneHistory; at++)
        {
            await recorder.ProgressAsync(random.Next(60, 90));
            await kill(at);
        }
        await recorder.ProgressAsync(60);
        await end.CancelAsync();
        await recording;
        await recorder.LookAsync();

        output.WriteLine(
            $"{recorder.Acknowledged} writes acknowledged, {recorder.Unanswered} sendings unanswered, {recorder.Abandoned} given up.");
        foreach (var certificate in recorder.Certificates)
            Check(recorder.HistoryOf(certificate), random);
        await recorder.RepeatAsync();
        Assert.True(recorder.Unanswered > KillsInOneHistory, "Hardly a call was under way at any kill: the test shows nothing.");
    }

    private void Check(IReadOnlyList<RecordedCall> history, Random random)
    {
        output.WriteLine($"{history.Count} calls");
        var initial = CertificateState.Of(HistoryRecorder.FaceValue);
        Assert.Null(LinearizabilityChecker.FindFault(history, initial));

        // The same history with one impossible balance: a checker that accepted it would accept anything.
        var payments = history.Where(call => call.Answer?.StartsWith('#') == true).ToList();
        Assert.NotEmpty(payments);
        var wrong = payments[random.Next(payments.Count)];
        var answer = wrong.Answer!.Replace(" left", "1 left", StringComparison.Ordinal);
        var altered = history.Select(call => call == wrong ? wrong with { Answer = answer } : call).ToList();
        Assert.NotNull(LinearizabilityChecker.FindFault(altered, initial));
    }
}
