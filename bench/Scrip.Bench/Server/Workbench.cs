using Scrip.Bench.Databases;

namespace Scrip.Bench.Server;

/// <summary>What every scenario uses: the programs under test, a database, folders for stores, and the sizes.</summary>
internal sealed record Workbench(Programs Programs, IDatabase Database, DataFolders Folders, Scale Scale)
{
    public Task<Store> CreateStoreAsync(CancellationToken cancellationToken) =>
        Database.CreateStoreAsync(Folders.Create(), cancellationToken);
}
