using Scrip.Ledger;
using Scrip.Server.Auth;
using Scrip.Storage;
using Scrip.Storage.Sqlite;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

public sealed class AccessDirectoryTests
{
    [Fact]
    public async Task A_token_that_was_stored_and_cannot_be_read_back_is_not_said_to_be_nothing()
    {
        using var folder = new TemporaryFolder();
        using var store = new UnreadableStore(SqliteStore.Open(new StoreSettings(folder.Storage, "USD", "UTC"), DateTimeOffset.UnixEpoch));
        using var directory = new AccessDirectory(store);

        var fault = await Assert.ThrowsAsync<StorageException>(directory.RefreshAfterWriteAsync);

        Assert.Equal(StorageFault.OutcomeUnknown, fault.Fault);
    }

    /// <summary>A store all of whose readers are taken.</summary>
    private sealed class UnreadableStore(IStore store) : IStore
    {
        public string Description => store.Description;

        public ILedgerTransaction Begin(long siteId, Footprint footprint) => store.Begin(siteId, footprint);

        public ValueTask<ICertificateRows> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
            store.QueryAsync(siteId, query, cancellationToken);

        public ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
            store.CountAsync(siteId, query, cancellationToken);

        public ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken) =>
            throw new StorageException(StorageFault.Busy, "No reader is free.");

        public ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken) =>
            store.ReadAccessVersionAsync(cancellationToken);

        public void Probe(DateTimeOffset now) => store.Probe(now);

        public void Dispose() => store.Dispose();
    }
}
