using System.Text.Json;
using Scrip.Tests.Faults.Callers;
using Scrip.Tests.Support;
using Xunit.Abstractions;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>The process is killed while codes are generated. A retry makes no money twice, and no batch is half there.</summary>
public sealed class GenerateKillTests(ITestOutputHelper output)
{
    private const int Kills = 4;
    private const int Count = 500;

    [Fact]
    public async Task Each_key_makes_one_whole_batch_however_often_the_process_is_killed()
    {
        var random = new Random(TestSettings.Seed(output));
        using var storage = new TestStorage();
        var told = new Dictionary<string, string>();
        for (int kills = 0, key = 1; kills < Kills; kills++)
        {
            await using var scrip = await Load.ServeAsync(storage.Setting);
            var kill = KillLaterAsync(scrip, random.Next(300, 1_500));
            try
            {
                // The key that was under way when the process was killed comes again.
                for (; ; key++)
                    await GenerateAsync(scrip.Client, $"key {key}", told);
            }
            catch (HttpRequestException)
            {
                await kill;
            }
        }

        await using var last = await Load.ServeAsync(storage.Setting);
        foreach (var key in told.Keys.ToList())
            await GenerateAsync(last.Client, key, told);
        using var batches = JsonDocument.Parse((await last.Client.FetchAsync(Certificates + "batch/")).Body);
        var found = batches.RootElement.EnumerateArray().Select(batch => batch.GetProperty("certificates").GetInt32()).ToList();
        // The last key may have been carried out and never answered.
        Assert.InRange(found.Count, told.Count, told.Count + 1);
        Assert.All(found, certificates => Assert.Equal(Count, certificates));
        using var list = JsonDocument.Parse((await last.Client.FetchAsync(Certificates + "?fields=code")).Body);
        Assert.Equal(found.Count * Count, list.RootElement.GetArrayLength());
        Assert.True(told.Count > Kills, "Hardly a call was answered: the test shows nothing.");
        await ScripProcess.ProveAsync(storage.Setting);
    }

    private static async Task KillLaterAsync(ScripProcess scrip, int milliseconds)
    {
        await Task.Delay(milliseconds);
        await scrip.KillAsync();
    }

    private static async Task GenerateAsync(HttpClient client, string key, Dictionary<string, string> told)
    {
        var answer = await client.PostAsync(Certificates + "generate/", $$"""{"count":{{Count}},"value":5}""", Key(key));
        Assert.True(answer.Status == 201, answer.Body);
        Assert.True(told.TryAdd(key, answer.Body) || told[key] == answer.Body, key);
    }
}
