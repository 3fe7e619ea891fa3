using Scrip.Bench.Databases.Limits;

namespace Scrip.Bench.Databases;

/// <summary>A kind of database that the servers are measured on.</summary>
internal interface IDatabase : IAsyncDisposable
{
    string Name { get; }

    string Version { get; }

    /// <summary>Where the product must stand on it.</summary>
    Goals Goals { get; }

    Task<Store> CreateStoreAsync(DataFolder folder, CancellationToken cancellationToken);

    /// <summary>What the database itself can do, on a store of its own that is made when it is first needed.</summary>
    Task<IBulkLimit> OpenBulkLimitAsync(DataFolder folder, CancellationToken cancellationToken);

    /// <summary>Commits of the database itself, in the way the goals are set for it. Null where what it takes is not installed.</summary>
    /// <param name="ofPayments">They are compared with payments, and not with changes of a certificate.</param>
    Task<IRateLimit?> OpenCommitLimitAsync(DataFolder folder, int certificates, bool ofPayments, CancellationToken cancellationToken);

    IListLimit ListLimit { get; }
}
