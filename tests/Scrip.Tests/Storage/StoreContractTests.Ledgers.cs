using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>The whole ledger of a site, as reports and proofs read it.</summary>
public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_snapshot_has_every_row_whole_in_the_order_of_ids()
    {
        Write("create B=900/single A=500/off/from5/until90");
        WriteAt(Instants.Later(6), DefaultSite, "update 2:A2/on", "hold #2 100 R1 until 60", "redeem B 50 R2");
        var snapshot = await SnapshotAsync();

        Assert.Equal(new LedgerCounters(2, 7, 2, 0), snapshot.Counters);
        Assert.Equal([Loaded(1), Loaded(2)], snapshot.Certificates);
        Assert.Equal(database.ReadEntries(DefaultSite), snapshot.Entries);
        Assert.Equal([3, 4, 5, 6, 7], snapshot.Entries.Select(entry => (int)entry.Id));
        Assert.Equal([1, 2], snapshot.Redemptions.Select(redemption => (int)redemption.Id));
        Assert.Equal((900, 50 + 850), (snapshot.Certificates[0].IssuedValue, snapshot.Certificates[0].Spent));
    }

    [Fact]
    public async Task A_snapshot_is_one_state_whatever_is_committed_while_it_is_read()
    {
        Write("create A=500");
        Write("hold A 100 R1 until 60");
        var before = await SnapshotAsync();
        await using var snapshot = await store.OpenSnapshotAsync(DefaultSite, CancellationToken.None);
        var counters = await snapshot.ReadCountersAsync(CancellationToken.None);
        Write("capture 1", "create B=5");
        var certificates = await ReadAsync(snapshot.ReadCertificatesAsync(CancellationToken.None));
        Write("redeem A 7 R2");
        var entries = await ReadAsync(snapshot.ReadEntriesAsync(CancellationToken.None));
        Write("refund 1 3");
        var redemptions = await ReadAsync(snapshot.ReadRedemptionsAsync(CancellationToken.None));

        Assert.Equal(before.Counters, counters);
        Assert.Equal(before.Certificates, certificates);
        Assert.Equal(before.Entries, entries);
        Assert.Equal(before.Redemptions, redemptions);
        Assert.Equal(new LedgerCounters(2, 6, 2, 0), (await SnapshotAsync()).Counters);
    }

    [Fact]
    public async Task A_ledger_is_its_site_s_alone()
    {
        var other = OpenSite("second");
        WriteAt(Instants.Start, DefaultSite, "create A=500");
        WriteAt(Instants.Start, other, "create A=70 B=80");
        WriteAt(Instants.Start, other, "hold A 7 R until 60", "redeem B 8 R", "update 1:A2");
        WriteAt(Instants.Start, DefaultSite, "hold A 100 R until 60");

        Assert.Equal(["Held 1:R of 1:A 100-0+0 balance 400 until 60"], await RedemptionsAsync(new RedemptionQuery()));
        Assert.Equal(
            ["Held 1:R of 1:A2 7-0+0 balance 63 until 60", "Captured 2:R of 2:B 8-8+0 balance 72"],
            await RedemptionsAsync(new RedemptionQuery(), other));
        Assert.Equal([1, 2], (await EntriesAsync(new EntryQuery())).Select(entry => (int)entry.Id));
        Assert.Equal([1, 3, 5], (await EntriesAsync(new EntryQuery { CertificateId = 1 }, other)).Select(entry => (int)entry.Id));
        Assert.Empty(await EntriesAsync(new EntryQuery { CertificateId = 2 }));
        Assert.Equal(new LedgerCounters(1, 2, 1, 0), (await SnapshotAsync()).Counters);
        Assert.Equal(new LedgerCounters(2, 5, 2, 0), (await SnapshotAsync(other)).Counters);
        Assert.Equal(["NotFound"], WriteAt(Instants.Start, DefaultSite, "capture 2"));
        Assert.Equal(["NotFound"], WriteAt(Instants.Start, DefaultSite, "redeem B 1 R"));
    }

    /// <summary>Each payment of the group moves one unit between two certificates, so the total outstanding never changes.</summary>
    [Fact]
    public async Task No_reader_ever_sees_part_of_a_payment()
    {
        Write("create A=100 B=200");
        Write("redeem B 100 R0");
        var writing = Task.Run(() =>
        {
            for (var turn = 1; turn <= 60; turn++)
                Write($"redeem A 1 R{turn}", "refund 1 1");
        });
        do
        {
            var snapshot = await SnapshotAsync();
            Assert.Equal(200, snapshot.Certificates.Sum(certificate => certificate.Balance));
            Assert.Equal(snapshot.Counters.LastRedemptionId, snapshot.Redemptions.Count);
            Assert.Equal(snapshot.Counters.LastEntryId, snapshot.Entries.Count + snapshot.Certificates.Count);
            Assert.Equal(
                snapshot.Certificates.Sum(certificate => certificate.Spent),
                snapshot.Redemptions.Sum(redemption => redemption.Captured - redemption.Refunded));
        }
        while (!writing.IsCompleted);
        await writing;
    }

    private async Task<Snapshot> SnapshotAsync(long siteId = DefaultSite)
    {
        await using var snapshot = await store.OpenSnapshotAsync(siteId, CancellationToken.None);
        return new Snapshot(
            await snapshot.ReadCountersAsync(CancellationToken.None),
            await ReadAsync(snapshot.ReadCertificatesAsync(CancellationToken.None)),
            await ReadAsync(snapshot.ReadEntriesAsync(CancellationToken.None)),
            await ReadAsync(snapshot.ReadRedemptionsAsync(CancellationToken.None)));
    }

    private static async Task<List<TRow>> ReadAsync<TRow>(ValueTask<IRows<TRow>> reading)
    {
        await using var rows = await reading;
        return await AllOf(rows);
    }

    private sealed record Snapshot(
        LedgerCounters Counters, List<Certificate> Certificates, List<Entry> Entries, List<Redemption> Redemptions);
}
