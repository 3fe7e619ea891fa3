using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// SQLite works on its caller's thread. Everything that may scan a table has its own threads, so that requests and payments find free pool
/// threads, and ends when nobody waits for it any more.
/// </summary>
public sealed class SqliteScanTests : IDisposable
{
    private const long OtherSite = 2;
    private const string Endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n where ?1 = ?1";

    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(30);

    private readonly SqliteDatabase database = new();
    private readonly SqliteStore store;
    private readonly CancellationTokenSource abandoned = new();

    public SqliteScanTests() => store = (SqliteStore)database.Open();

    public void Dispose()
    {
        abandoned.Cancel();
        store.Dispose();
        abandoned.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Whatever_may_walk_through_a_table_waits_for_a_thread_for_scans_and_nothing_else_does()
    {
        var endless = new[] { Site.DefaultId, OtherSite, 3, 4, 5, 6, 7, 8 }
            .SelectMany(site => Enumerable.Range(0, Environment.ProcessorCount).Select(_ => BeginEndless(site))).ToList();
        using var given = new CancellationTokenSource();
        Task[] walks =
        [
            ListAsync(new CertificateQuery { Take = 1, IsActive = false }), ListAsync(new CertificateQuery { Take = 1 }),
            ListAsync(new CertificateQuery { Search = "zzz" }), ListAsync(CertificateQuery.Everything),
            store.QueryAsync(Site.DefaultId, new RedemptionQuery { Take = 1 }, given.Token).AsTask(),
            store.QueryAsync(Site.DefaultId, new RedemptionQuery(), given.Token).AsTask(),
            store.QueryAsync(Site.DefaultId, new EntryQuery { Take = 1 }, given.Token).AsTask(),
            store.QueryAsync(Site.DefaultId, new EntryQuery(), given.Token).AsTask(),
            store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = false }, given.Token).AsTask(),
            store.CountAsync(Site.DefaultId, new RedemptionQuery(), given.Token).AsTask(),
            store.CountAsync(Site.DefaultId, new EntryQuery(), given.Token).AsTask(),
            store.ReadSitesWithOverdueHoldsAsync(Instants.Start, given.Token).AsTask(),
            store.ReadOverdueHoldsAsync(Site.DefaultId, Instants.Start, 10, given.Token).AsTask(),
            ReadSnapshotAsync(),
        ];

        Assert.Null(await store.FindAsync(Site.DefaultId, 1, CancellationToken.None));
        await using (var few = await store.QueryAsync(Site.DefaultId, new CertificateQuery { FoldedCode = "A" }, CancellationToken.None))
            Assert.False(await few.ReadAsync(CancellationToken.None));
        await using (var one = await store.QueryAsync(Site.DefaultId, new RedemptionQuery { Id = 1 }, CancellationToken.None))
            Assert.False(await one.ReadAsync(CancellationToken.None));
        Assert.Equal(0, await store.CountAsync(Site.DefaultId, CertificateQuery.Everything, CancellationToken.None));
        Assert.False(await store.HasOverdueHoldsAsync(Site.DefaultId, Instants.Start, CancellationToken.None));
        await store.ReadAccessAsync(CancellationToken.None);
        Assert.All(walks, walk => Assert.False(walk.IsCompleted));

        await given.CancelAsync();
        await abandoned.CancelAsync();
        foreach (var scan in endless.Concat(walks))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan.WaitAsync(Hangs));

        Task ListAsync(CertificateQuery query) => store.QueryAsync(Site.DefaultId, query, given.Token).AsTask();

        async Task ReadSnapshotAsync()
        {
            await using var snapshot = await store.OpenSnapshotAsync(Site.DefaultId, given.Token);
            await using var rows = await snapshot.ReadEntriesAsync(given.Token);
            await rows.ReadAsync(given.Token);
        }
    }

    [Fact]
    public async Task Scans_of_one_site_keep_no_other_site_waiting()
    {
        var endless = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => BeginEndless(Site.DefaultId)).ToList();

        Assert.Equal(0, await store.CountAsync(OtherSite, new CertificateQuery { IsActive = false }, CancellationToken.None).AsTask().WaitAsync(Hangs));

        Assert.All(endless, scan => Assert.False(scan.IsCompleted));
    }

    [Fact]
    public async Task A_scan_beyond_those_of_its_site_that_may_wait_is_refused_at_once()
    {
        var scans = Enumerable.Range(0, 100).Select(_ => BeginEndless(Site.DefaultId)).ToList();

        var refused = await Assert.ThrowsAsync<StorageException>(() => scans[^1]);

        Assert.Equal(StorageFault.Busy, refused.Fault);
        await store.CountAsync(OtherSite, new CertificateQuery { IsActive = false }, CancellationToken.None).AsTask().WaitAsync(Hangs);
    }

    [Fact]
    public async Task A_scan_that_nobody_waits_for_any_more_ends_and_its_connection_reads_on()
    {
        var scan = BeginEndless(Site.DefaultId);
        await Task.Delay(50);

        await abandoned.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan.WaitAsync(Hangs));
        Assert.Equal(0, await store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = false }, CancellationToken.None));
    }

    private Task<long> BeginEndless(long siteId) => store.Scans.ReadAsync(siteId, CountEndlessly, abandoned.Token).AsTask();

    private static long CountEndlessly(SqliteSession session)
    {
        var statement = session.Shaped(Site.DefaultId, new ComposedQuery(Endless, []));
        try
        {
            return statement.Step() ? statement.Integer(0) : 0;
        }
        finally
        {
            session.Release(statement);
        }
    }
}
