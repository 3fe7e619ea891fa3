using Scrip.Bench.Databases;

namespace Scrip.Bench.Server;

/// <summary>What every scenario works with: the programs under test, a database, places for stores, and the sizes.</summary>
internal sealed record Workbench(Programs Programs, IDatabase Database, DataFolders Folders, Scale Scale)
{
    public Task<Store> CreateStoreAsync(CancellationToken cancellationToken) =>
        Database.CreateStoreAsync(Folders.Create(), cancellationToken);
}
