using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>How many whole lists are read at once. Only they take as long as their clients like.</summary>
public sealed class SqliteReadersTests : IDisposable
{
    private const long OtherSite = 2;
    private const int ListsPerSite = 12;

    /// <summary>More than are read ahead for a client that takes nothing.</summary>
    private const int Certificates = 5_000;

    private readonly SqliteDatabase database = new();
    private readonly IStore store;

    public SqliteReadersTests()
    {
        store = database.Open();
        Create(Site.DefaultId);
        Create(OtherSite);
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Stalled_lists_of_a_site_leave_places_to_other_sites_and_to_whatever_else_is_read()
    {
        var stalled = new List<IRows<CertificateRow>>();
        for (var at = 0; at < ListsPerSite; at++)
            stalled.Add(await QueryAsync(CertificateQuery.Everything));
        var waiting = QueryAsync(CertificateQuery.Everything);

        await (await QueryAsync(CertificateQuery.Everything, OtherSite)).DisposeAsync();
        foreach (var query in new[] { new CertificateQuery { Id = 1 }, new CertificateQuery { Take = 100 } })
        {
            await using var rows = await QueryAsync(query);
            Assert.True(await rows.ReadAsync(CancellationToken.None));
        }
        Assert.Equal(0, await store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = false }, CancellationToken.None));
        Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Sites);
        Assert.False(waiting.IsCompleted);

        // A waiting list takes the place of one that has ended.
        await stalled[0].DisposeAsync();
        stalled[0] = await waiting;
        foreach (var list in stalled)
            await list.DisposeAsync();
    }

    [Fact]
    public async Task A_list_that_waits_in_vain_is_told_that_too_much_is_under_way()
    {
        var lists = await Task.WhenAll(Enumerable.Range(0, ListsPerSite).Select(_ => QueryAsync(CertificateQuery.Everything)));

        var refused = await Assert.ThrowsAsync<StorageException>(() => QueryAsync(CertificateQuery.Everything));

        Assert.Equal(StorageFault.Busy, refused.Fault);
        foreach (var list in lists)
            await list.DisposeAsync();
        await (await QueryAsync(CertificateQuery.Everything)).DisposeAsync();
    }

    [Fact]
    public async Task A_list_that_has_been_read_holds_no_place_until_its_rows_have_been_taken()
    {
        var query = new CertificateQuery { MinFaceValue = Certificates - 10 };
        var lists = await Task.WhenAll(Enumerable.Range(0, 3 * ListsPerSite).Select(_ => QueryAsync(query)));

        foreach (var list in lists)
        {
            Assert.True(await list.ReadAsync(CancellationToken.None));
            await list.DisposeAsync();
        }
    }

    [Fact]
    public void A_reader_that_stopped_between_two_rows_is_not_used_again()
    {
        using var readers = new SqliteReaders(database.File);
        var stopped = readers.Take();
        Assert.True(stopped.Named("access_sites").Step());
        readers.GiveBack(stopped);
        using var next = readers.Take();
        Assert.NotSame(stopped, next);
        Assert.True(next.IsIdle);
    }

    private Task<IRows<CertificateRow>> QueryAsync(CertificateQuery query, long siteId = Site.DefaultId) =>
        store.QueryAsync(siteId, query, CancellationToken.None).AsTask();

    private void Create(long siteId)
    {
        var items = Enumerable.Range(1, Certificates).Select(at =>
            new NewCertificate(CommandText.Code($"C-{at}"), IsActive: true, at, CertificateTerms.Unlimited));
        var command = new CreateCertificates([.. items]) { Origin = new(siteId, 1) };
        var footprint = new Footprint();
        command.AddTo(footprint);
        using var transaction = store.Begin(siteId, footprint, Instants.Start);
        command.ApplyTo(transaction.State, Instants.Start);
        transaction.Commit();
    }
}
