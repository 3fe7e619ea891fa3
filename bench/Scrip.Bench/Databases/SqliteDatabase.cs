using Scrip.Bench.Databases.Limits;
using Scrip.Bench.Databases.Limits.Sqlite;

namespace Scrip.Bench.Databases;

/// <summary>A file for each store.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    public string Name => "SQLite";

    public string Version => RawSqlite.Version;

    public Goals Goals => Goals.OnSqlite;

    public IListLimit ListLimit { get; } = new SqliteList();

    public Task<Store> CreateStoreAsync(DataFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(new Store(
            folder, $"Data Source={folder.File("store.db")}", settle: _ => Task.CompletedTask, drop: () => Task.CompletedTask));

    public Task<IBulkLimit> OpenBulkLimitAsync(DataFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<IBulkLimit>(new SqliteBulk(folder));

    public Task<IRateLimit?> OpenCommitLimitAsync(
        DataFolder folder, int certificates, bool ofPayments, CancellationToken cancellationToken) =>
        Task.FromResult<IRateLimit?>(new SqliteCommits(folder, certificates, ofPayments));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
