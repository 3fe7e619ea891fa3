using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Holds that have run out.</summary>
public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_hold_is_overdue_from_its_instant_on_until_it_is_ended()
    {
        var other = OpenSite("second");
        WriteAt(Instants.Start, DefaultSite, "create A=500");
        WriteAt(Instants.Start, other, "create A=500");
        WriteAt(Instants.Start, DefaultSite, "hold A 1 R1 until 60", "hold A 1 R2 until 50", "hold A 1 R3 until 40", "redeem A 1 R4");
        WriteAt(Instants.Start, other, "hold A 1 R until 70");
        WriteAt(Instants.Start, DefaultSite, "capture 2", "release 3");

        Assert.Equal("-", await OverdueAt(59.999999));
        Assert.Equal("1", await OverdueAt(60));
        Assert.Equal("1", await OverdueAt(69.999999));
        Assert.Equal("1 2", await OverdueAt(70));
        WriteAt(Instants.Later(60), DefaultSite, "expire");
        Assert.Equal("2", await OverdueAt(99));

        async Task<string> OverdueAt(double seconds)
        {
            var now = Instants.Start.AddSeconds(seconds);
            var sites = new HashSet<long>();
            // The nodes of a cluster report their sites in turn.
            for (var turn = 1; turn <= 4; turn++)
                sites.UnionWith(await store.ReadSitesWithOverdueHoldsAsync(now, CancellationToken.None));
            foreach (var site in new[] { DefaultSite, other })
                Assert.Equal(sites.Contains(site), await store.HasOverdueHoldsAsync(site, now, CancellationToken.None));
            return sites.Count == 0 ? "-" : string.Join(' ', sites.Order());
        }
    }

    [Fact]
    public async Task What_has_run_out_can_be_read_with_its_certificates_and_without_a_lock()
    {
        var other = OpenSite("second");
        Write("create A=500 B=500 C=500");
        WriteAt(Instants.Start, other, "create A=500", "hold A 7 R until 60");
        Write("hold A 100 R1 until 60", "hold B 10 R until 99", "hold A 50 R2 until 50", "redeem C 1 R");
        using var writing = store.Begin(DefaultSite, new Footprint(), Instants.Start);

        Assert.Empty((await ReadAsync(seconds: 49)).Redemptions);
        var overdue = await ReadAsync(seconds: 60);

        Assert.Equal((DefaultSite, 3, 4), (overdue.SiteId, overdue.LastCertificateId, overdue.LastRedemptionId));
        Assert.Equal([3, 1], overdue.Redemptions.Select(hold => hold.Id));
        Assert.Equal((1, 150), (overdue.Certificates.First().Id, overdue.Certificates.First().Held));
        Assert.All(overdue.Certificates, certificate => Assert.Equal(1, certificate.Id));
        Assert.False(overdue.HasMoreOverdueHolds);
        Assert.True((await ReadAsync(seconds: 60, most: 2)).HasMoreOverdueHolds);
        Assert.Equal(3, Assert.Single((await ReadAsync(seconds: 60, most: 1)).Redemptions).Id);

        async Task<LedgerContents> ReadAsync(int seconds, int most = 10) =>
            await store.ReadOverdueHoldsAsync(DefaultSite, Instants.Later(seconds), most, CancellationToken.None);
    }

    [Theory]
    [InlineData("create X")]
    [InlineData("update 2:B2")]
    [InlineData("redeem B 1 S")]
    [InlineData("redeem #2 1 S")]
    [InlineData("capture 2 1 keep")]
    [InlineData("expire")]
    public void Holds_that_have_run_out_are_loaded_with_any_footprint(string request)
    {
        Write("create A=500 B=500");
        Write("hold A 100 R until 60", "hold B 100 R until 99");
        using (var early = store.Begin(DefaultSite, FootprintOf(CommandText.Parse(request)), Instants.Later(59)))
            Assert.Null(early.State.FindRedemption(1));
        using var transaction = store.Begin(DefaultSite, FootprintOf(CommandText.Parse(request)), Instants.Later(60));
        Assert.Equal(100, transaction.State.FindRedemption(1)!.Held);
        Assert.Equal(100, transaction.State.Find(1)!.Held);
        Assert.False(transaction.State.HasMoreOverdueHolds);
    }

    [Fact]
    public async Task Very_many_that_have_run_out_end_in_several_transactions_before_anything_is_decided()
    {
        const int holds = (2 * LedgerContents.MaxOverdueHolds) + 345;
        Write("create A=9000000 B=9000000 C");
        Write([.. Enumerable.Range(1, holds).Select(n => $"hold #{(n % 2) + 1} {n} R{n} until {60 + (n % 7)}")]);
        Assert.Equal(holds, (await SnapshotAsync()).Redemptions.Count(redemption => redemption.State == RedemptionState.Held));

        var held = new HeldStore(store);
        var clock = new SimulatedClock(Instants.Later(99));
        using (var pipeline = new WritePipeline(held, clock, new PipelineSettings()))
        {
            var answer = await pipeline.ExecuteAsync(CommandText.Parse("redeem #1 all LAST"), CancellationToken.None);
            Assert.Equal($"Captured {holds + 1}:LAST of 1:A 9000000-9000000+0 balance 0", OutcomeText.Of(answer.Outcome));
        }
        Assert.Equal((3, 3), (held.Begun, held.Commits));

        var snapshot = await SnapshotAsync();
        Assert.Equal(holds, snapshot.Redemptions.Count(redemption => redemption.State == RedemptionState.Expired));
        Assert.Equal((0, 0), (snapshot.Certificates[0].Held, snapshot.Certificates[1].Held));
        var ends = snapshot.Entries.Where(entry => entry.Kind == EntryKind.HoldExpired).ToList();
        Assert.Equal(holds, ends.Count);
        Assert.Equal(ends.Select(entry => entry.CreatedAt).Order(), ends.Select(entry => entry.CreatedAt));
        Assert.Equal((Instants.Later(60), Instants.Later(66)), (ends[0].CreatedAt, ends[^1].CreatedAt));
        held.Dispose();
        store = database.Open();
    }
}
