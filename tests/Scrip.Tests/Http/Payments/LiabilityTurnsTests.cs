using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>One report is computed at a time, because each needs much memory; the sites take turns.</summary>
public sealed class LiabilityTurnsTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Liability = Certificates + "liability/";
    private const int Callers = 40;

    [Fact]
    public async Task The_reports_that_one_site_waits_for_do_not_go_before_another_sites()
    {
        var busy = await scrip.OpenShopAsync();
        var other = await scrip.OpenShopAsync();
        Assert.Equal(201, (await busy.CreateAsync($"[{string.Join(',', Enumerable.Range(0, 50_000).Select(n => $$"""{"code":"C{{n}}"}"""))}]")).Status);
        var made = 0;
        using var over = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(ReportAsync)).ToList();
        while (Volatile.Read(ref made) < Callers)
            await Task.Delay(10);

        var before = Volatile.Read(ref made);
        Assert.Equal(200, (await other.FetchAsync(Liability)).Status);
        var meanwhile = Volatile.Read(ref made) - before;

        await over.CancelAsync();
        await Task.WhenAll(callers);
        Assert.InRange(meanwhile, 0, Callers / 2);

        async Task ReportAsync()
        {
            while (!over.IsCancellationRequested)
            {
                Assert.Equal(200, (await busy.FetchAsync(Liability)).Status);
                Interlocked.Increment(ref made);
            }
        }
    }
}
