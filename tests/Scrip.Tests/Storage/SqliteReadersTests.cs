using Scrip.Ledger.Access;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>How many read at once. A whole list takes as long as its reader likes; nothing else does.</summary>
public sealed class SqliteReadersTests : IDisposable
{
    private const int Readers = 64;
    private const int WholeLists = 48;

    private readonly SqliteDatabase database = new();
    private readonly IStore store;

    public SqliteReadersTests() => store = database.Open();

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Stalled_lists_leave_places_for_whatever_else_is_read()
    {
        var lists = Enumerable.Range(0, Readers).Select(_ => QueryAsync(CertificateQuery.Everything)).ToList();
        Assert.Equal(WholeLists, lists.Count(list => list.IsCompletedSuccessfully));

        foreach (var query in new[] { new CertificateQuery { Id = 1 }, new CertificateQuery { Take = 100 } })
        {
            using var rows = await QueryAsync(query);
            Assert.False(await rows.ReadAsync(CancellationToken.None));
        }
        Assert.Equal(0, await store.CountAsync(Site.DefaultId, new CertificateQuery { IsActive = true }, CancellationToken.None));
        Assert.Single((await store.ReadAccessAsync(CancellationToken.None)).Sites);

        // A list that waited takes the place of one that has ended.
        foreach (var list in lists)
            (await list).Dispose();
    }

    [Fact]
    public async Task A_list_that_waits_in_vain_is_told_that_too_much_is_under_way()
    {
        var lists = await Task.WhenAll(Enumerable.Range(0, WholeLists).Select(_ => QueryAsync(CertificateQuery.Everything)));

        var refused = await Assert.ThrowsAsync<StorageException>(() => QueryAsync(CertificateQuery.Everything));

        Assert.Equal(StorageFault.Busy, refused.Fault);
        foreach (var list in lists)
            list.Dispose();
        (await QueryAsync(CertificateQuery.Everything)).Dispose();
    }

    private Task<IRows<CertificateRow>> QueryAsync(CertificateQuery query) =>
        store.QueryAsync(Site.DefaultId, query, CancellationToken.None).AsTask();
}
