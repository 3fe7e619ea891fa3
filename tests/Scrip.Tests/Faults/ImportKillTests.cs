using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scrip.Tests.Support;
using Xunit.Abstractions;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// <c>scrip import</c> and its server are killed at random instants. Run again, the import ends with the totals of an undisturbed one.
/// <c>SCRIP_TEST_ROUNDS</c> is the number of kills; there are 50,000 rows for each.
/// </summary>
public sealed class ImportKillTests(ITestOutputHelper output)
{
    private const int RowsByKill = 50_000;
    private const int PartRows = 5_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task An_import_that_is_killed_and_run_again_imports_every_row_once()
    {
        var kills = TestSettings.Rounds(4);
        var random = new Random(TestSettings.Seed(output));
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "cards.csv");
        await WriteAsync(file, kills * RowsByKill);
        using var disturbed = new TestStorage();
        using var undisturbed = new TestStorage();

        var (summary, owed) = await ImportUndisturbedAsync(file, undisturbed.Setting);
        var launch = new Launch(Urls: $"http://127.0.0.1:{FreePort()}");
        var scrip = await ScripProcess.ServeAsync(disturbed.Setting, launch);
        var import = Start(file, launch);
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                // Killed before it sends anything, it would show nothing.
                await FirstPartAsync(import);
                await Task.Delay(random.Next(10, 1_000));
                if (random.Next(2) == 0)
                {
                    await scrip.DisposeAsync();
                    await Task.Delay(random.Next(500));
                    scrip = await ScripProcess.ServeAsync(disturbed.Setting, launch);
                }
                else
                {
                    await import.DisposeAsync();
                    import = Start(file, launch);
                }
            }
            Assert.True(await import.EndAsync(Limit) == 0, string.Join('\n', import.Errors));
            var last = JsonNode.Parse(string.Concat(import.Output))!;
            output.WriteLine($"{last["parts_done_before"]} of {last["parts"]} parts had been imported before the last run.");
            last["parts_done_before"] = 0;
            Assert.Equal(summary, last.ToJsonString());
            Assert.Equal(owed, await ReadLiabilityAsync(scrip));
        }
        finally
        {
            await import.DisposeAsync();
            await scrip.DisposeAsync();
        }
        await ScripProcess.ProveAsync(disturbed.Setting);
    }

    private static async Task<(string Summary, string Owed)> ImportUndisturbedAsync(string file, string storage)
    {
        var launch = new Launch(Urls: $"http://127.0.0.1:{FreePort()}");
        await using var scrip = await ScripProcess.ServeAsync(storage, launch);
        await using var import = Start(file, launch);
        Assert.True(await import.EndAsync(Limit) == 0, string.Join('\n', import.Errors));
        return (JsonNode.Parse(string.Concat(import.Output))!.ToJsonString(), await ReadLiabilityAsync(scrip));
    }

    private static ScripProcess Start(string file, Launch launch) => ScripProcess.Start(
        ["import", file, "--json", "--part-rows", PartRows.ToString(CultureInfo.InvariantCulture), "--wait", "120"],
        ("SCRIP_URL", launch.Urls), ("SCRIP_TOKEN", ScripProcess.AdminToken));

    private static async Task FirstPartAsync(ScripProcess import)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!import.HasEnded && !import.Errors.Any(line => line.Contains(" rows sent", StringComparison.Ordinal)))
            await Task.Delay(5, limit.Token);
    }

    private static async Task<string> ReadLiabilityAsync(ScripProcess scrip)
    {
        var answer = await scrip.Client.FetchAsync(Certificates + "liability/?fields=certificates,issued,opening,outstanding");
        using var totals = JsonDocument.Parse(answer.Body);
        return totals.RootElement.GetRawText();
    }

    private static async Task WriteAsync(string file, int rows)
    {
        await using var csv = new StreamWriter(file, append: false, Encoding.UTF8);
        await csv.WriteLineAsync("code,value,balance,expires_at,note");
        for (var row = 1; row <= rows; row++)
            await csv.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"CARD-{row:D8},{row % 500 + 1},{row % 500}.25,2127-12-31,\"row, {row}\""));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
