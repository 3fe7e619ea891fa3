using Microsoft.Extensions.Logging.Abstractions;
using Scrip.Server.Auth;
using Scrip.Storage;

namespace Scrip.Tests.Http;

public sealed class AccessDirectoryTests
{
    [Fact]
    public async Task A_token_that_was_stored_and_cannot_be_read_back_is_not_said_to_be_nothing()
    {
        using var directory = new AccessDirectory(new UnreadableStore(), NullLogger<AccessDirectory>.Instance);

        var fault = await Assert.ThrowsAsync<StorageException>(directory.RefreshAfterWriteAsync);

        Assert.Equal(StorageFault.OutcomeUnknown, fault.Fault);
    }

    /// <summary>A store whose readers are all busy.</summary>
    private sealed class UnreadableStore : ILedgerReader
    {
        public ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken) =>
            throw new StorageException(StorageFault.Busy, "No reader is free.");

        public ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken) =>
            throw new StorageException(StorageFault.Busy, "No reader is free.");
    }
}
