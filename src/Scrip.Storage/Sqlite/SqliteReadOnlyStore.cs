using Microsoft.Data.Sqlite;
using Scrip.Storage.Reads;

namespace Scrip.Storage.Sqlite;

/// <summary>A database file that is only read, possibly next to a server that uses it. It takes no lock on the folder.</summary>
internal sealed class SqliteReadOnlyStore : IReadOnlyStore
{
    private readonly ScanThreads threads = new();
    private readonly SqliteSession session;

    private SqliteReadOnlyStore(SqliteSession session, string path)
    {
        this.session = session;
        Description = path;
    }

    public string Description { get; }

    public static SqliteReadOnlyStore Open(StoreSettings settings)
    {
        var path = SqlitePath.Of(settings.ConnectionString);
        if (!File.Exists(path))
            throw new StorageSetupException($"The database {path} does not exist.");
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.OpenReadOnly(path);
            SqliteMigrations.RefuseForeign(session, path);
            if (SqliteMigrations.Current(session) != SqliteMigrations.Newest)
                throw new StorageSetupException($"The schema of {path} is not the one that this version of Scrip knows.");
            SqliteMigrations.CheckDefaultSite(session, path, settings);
            return new SqliteReadOnlyStore(session, path);
        }
        catch (Exception refused)
        {
            session?.Dispose();
            if (refused is SqliteException or StorageException)
                throw new StorageSetupException($"The database {path} cannot be read: {refused.Message}", refused);
            throw;
        }
    }

    public ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(SqliteTransaction.ReadAccess(session));

    public ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILedgerSnapshot>(new SqliteSnapshot(threads, session, siteId, static _ => { }, CancellationToken.None));

    public void Dispose()
    {
        threads.Dispose();
        session.Dispose();
    }
}
