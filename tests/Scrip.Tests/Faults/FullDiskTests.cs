using System.Globalization;
using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The disk that holds the data is full.</summary>
[Trait("Database", "SQLite")]
public sealed class FullDiskTests
{
    private const int Certificates = 50;

    /// <summary>More changes than the rest of the log can take.</summary>
    private const int MostChangesUntilFull = 20_000;

    [LoopDiskFact]
    public async Task A_full_disk_refuses_writes_keeps_reads_and_needs_no_restart()
    {
        using var home = new TemporaryFolder();
        await using var disk = await LoopDisk.CreateAsync(home, "disk", mebibytes: 32);
        await using (var scrip = await ScripProcess.ServeAsync(disk.Storage))
        {
            var codes = Enumerable.Range(1, Certificates).Select(CodeOf).ToList();
            Assert.Equal(HttpStatusCode.Created, (await WriteCall.BulkCreate(codes, value: 0).SendAsync(scrip.Client)).Status);
            var ballast = await disk.FillAsync();

            var values = new long[Certificates + 1];
            WriteCall call;
            WriteReply answer;
            var change = 0;
            while (true)
            {
                Assert.True(++change < MostChangesUntilFull, "The disk never filled.");
                var id = change % Certificates + 1;
                call = WriteCall.Put(id, CodeOf(id), change, key: $"change-{change}");
                answer = await call.SendAsync(scrip.Client);
                if (answer.Status != HttpStatusCode.OK)
                    break;
                values[id] = change;
            }

            AssertSaysNothingWasStored(answer);
            AssertSaysNothingWasStored(await WriteCall.BulkCreate(Enumerable.Range(0, 2_000).Select(at => $"MORE-{at}"), value: 1).SendAsync(scrip.Client));
            var responses = new DescribedResponses(await OpenApiDescription.ReadAsync(scrip.Client));
            Assert.Equal(507, (await responses.CheckAsync(scrip.Client, "GET", "/health/ready")).Status);
            Assert.Equal(507, (await responses.CheckAsync(scrip.Client, "PUT", "/" + call.Path, call.Body)).Status);
            await AssertHoldsAsync(scrip.Client, values);

            File.Delete(ballast);
            answer = await call.SendAsync(scrip.Client);
            Assert.Equal((HttpStatusCode.OK, false), (answer.Status, answer.IsReplay));
            values[change % Certificates + 1] = change;
            await AssertHoldsAsync(scrip.Client, values);
            await WaitUntilReadyAsync(scrip.Client);
            Assert.Equal(0, await scrip.TerminateAsync());
        }
        Stored.CheckIntegrity(disk.DatabaseFile);
    }

    [LoopDiskFact]
    public async Task Holds_that_run_out_on_a_full_disk_give_their_amounts_back_to_whoever_asks()
    {
        using var home = new TemporaryFolder();
        await using var disk = await LoopDisk.CreateAsync(home, "disk", mebibytes: 32);
        await using var scrip = await ScripProcess.ServeAsync(disk.Storage);
        var reads = new ReadsWithoutWrites(scrip.Client, DateTimeOffset.UtcNow.AddSeconds(6), refusal: 507);
        await reads.OpenAsync();
        var ballast = await disk.FillAsync();
        var change = 0;
        Answer answer;
        do
        {
            Assert.True(++change < MostChangesUntilFull, "The disk never filled.");
            answer = await scrip.Client.PutAsync(HttpCalls.Certificates + "4", $$"""{"code":"OTHER","value":{{change % 200}}}""");
        }
        while (answer.Status == 200);
        answer.ExpectProblem(507, "disk-full");

        await reads.ExpectToldAsync();
        File.Delete(ballast);
        await reads.ExpectWrittenAsync();
    }

    private static string CodeOf(int id) => string.Create(CultureInfo.InvariantCulture, $"FULL-{id}");

    private static void AssertSaysNothingWasStored(WriteReply answer)
    {
        Assert.Equal((HttpStatusCode.InsufficientStorage, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("\"type\":\"/problems/disk-full\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("Nothing was stored.", answer.Body, StringComparison.Ordinal);
    }

    private static async Task AssertHoldsAsync(HttpClient client, long[] values)
    {
        var stored = await Stored.ReadAsync(client);
        Assert.Equal(Certificates, stored.All.Count);
        Assert.Equal(values.Skip(1), stored.All.Select(certificate => certificate.Value));
    }

    /// <summary>Waits: the server checks its disk at most once a second.</summary>
    private static async Task WaitUntilReadyAsync(HttpClient client)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if ((await client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(100);
        }
        Assert.Fail("The server did not become ready again.");
    }
}
