using Scrip.Bench.Databases.Limits;

namespace Scrip.Bench.Databases;

/// <summary>A kind of database that the servers are measured on.</summary>
internal interface IDatabase : IAsyncDisposable
{
    string Name { get; }

    string Version { get; }

    /// <summary>The product's goals on this database.</summary>
    Goals Goals { get; }

    Task<Store> CreateStoreAsync(DataFolder folder, CancellationToken cancellationToken);

    /// <summary>What the database itself can do, on a separate store that is created on first use.</summary>
    Task<IBulkLimit> OpenBulkLimitAsync(DataFolder folder, CancellationToken cancellationToken);

    /// <summary>
    /// Commits of the database itself, in the way for which its goals are set. Null if a required program is not installed.
    /// </summary>
    /// <param name="ofPayments">Whether they are compared with payments instead of changes of a certificate.</param>
    Task<IRateLimit?> OpenCommitLimitAsync(DataFolder folder, int certificates, bool ofPayments, CancellationToken cancellationToken);

    IListLimit ListLimit { get; }
}
