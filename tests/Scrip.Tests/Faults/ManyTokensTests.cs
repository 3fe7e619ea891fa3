using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// A thousand tokens and three hundred sites are created during payments and, on PostgreSQL, while another server watches. A call that
/// hangs fails by its time limit; durations are printed and decide nothing.
/// </summary>
public sealed class ManyTokensTests(ITestOutputHelper output)
{
    private const int Tokens = 1_000;
    private const int Sites = 300;
    private const int PayingClients = 4;

    /// <summary>Far longer than any call takes on a busy machine.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task On_SQLite_all_calls_return()
    {
        using var folder = new TemporaryFolder();
        await using var scrip = await ScripProcess.ServeAsync(folder.Storage);
        await MakeAsync(scrip, watching: scrip);
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task On_PostgreSQL_all_calls_return_and_a_second_server_follows()
    {
        var storage = TestStorage.NewPostgresDatabase();
        await using var scrip = await ScripProcess.ServeAsync(storage);
        await using var watching = await ScripProcess.ServeAsync(storage);
        await MakeAsync(scrip, watching);
    }

    private async Task MakeAsync(ScripProcess scrip, ScripProcess watching)
    {
        scrip.Client.Timeout = watching.Client.Timeout = CallLimit;
        var certificates = string.Join(',', Enumerable.Range(0, PayingClients).Select(at => $$"""{"code":"C{{at}}","value":1000000000}"""));
        Assert.Equal(201, (await scrip.Client.CreateAsync($"[{certificates}]")).Status);

        using var made = new CancellationTokenSource();
        var slowest = new ConcurrentDictionary<string, TimeSpan>();
        var paying = Enumerable.Range(0, PayingClients).Select(at => PayAsync(scrip.Client, $"C{at}", slowest, made.Token)).ToList();
        paying.Add(WatchAsync(watching.Client, slowest, made.Token));
        var started = Stopwatch.GetTimestamp();
        var lastToken = "";
        for (var at = 0; at < Tokens; at++)
        {
            if (at % 100 == 0)
                output.WriteLine(Text($"token {at} after", Stopwatch.GetElapsedTime(started)));
            (_, lastToken) = await MeasureAsync(
                slowest, "token", () => SharedScrip.CreateTokenAsync(scrip.Client, "default", "certificates:read"));
        }
        output.WriteLine(Text("tokens after", Stopwatch.GetElapsedTime(started)));
        for (var at = 0; at < Sites; at++)
        {
            var site = $$"""{"name":"{{Text("site-", at)}}","currency":"MDL","time_zone":"UTC"}""";
            Assert.Equal(201, (await MeasureAsync(slowest, "site", () => scrip.Client.PostAsync("/external/site/", site))).Status);
        }
        output.WriteLine(Text("all after", Stopwatch.GetElapsedTime(started)));
        await made.CancelAsync();
        await Task.WhenAll(paying);
        foreach (var (call, time) in slowest.OrderBy(call => call.Key))
            output.WriteLine(Text($"slowest {call}", time));

        using var client = new HttpClient { BaseAddress = watching.Client.BaseAddress, Timeout = CallLimit };
        client.DefaultRequestHeaders.Add("API-Token", lastToken);
        await client.UntilAsync(HttpCalls.Certificates, 200);
        Assert.Equal(200, (await watching.Client.FetchAsync("/health/ready")).Status);
        using var limit = new CancellationTokenSource(CallLimit);
        while (!(await watching.Client.FetchAsync("/external/site/")).Body.Contains(Text("\"site-", Sites - 1), StringComparison.Ordinal))
            await Task.Delay(10, limit.Token);
    }

    private static async Task PayAsync(
        HttpClient client, string code, ConcurrentDictionary<string, TimeSpan> slowest, CancellationToken made)
    {
        for (var at = 0; !made.IsCancellationRequested; at++)
        {
            var payment = $$"""{"code":"{{code}}","amount":"0.01","reference":"{{Text("order-", at)}}"}""";
            Assert.Equal(201, (await MeasureAsync(slowest, "payment", () => client.RedeemAsync(payment))).Status);
        }
    }

    private static async Task WatchAsync(HttpClient client, ConcurrentDictionary<string, TimeSpan> slowest, CancellationToken made)
    {
        while (!made.IsCancellationRequested)
        {
            Assert.Equal(200, (await MeasureAsync(slowest, "live", () => client.FetchAsync("/health/live"))).Status);
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static async Task<T> MeasureAsync<T>(ConcurrentDictionary<string, TimeSpan> slowest, string name, Func<Task<T>> call)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await call();
        var took = Stopwatch.GetElapsedTime(started);
        slowest.AddOrUpdate(name, took, (_, known) => known > took ? known : took);
        return answer;
    }

    private static string Text(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}{number}");

    private static string Text(string what, TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{what} {time.TotalSeconds:0.000} s");
}
