using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>What SQLite's result codes mean for a caller. A constraint that fires is a defect of ours, not an outage.</summary>
internal static class SqliteFaults
{
    private const int PrimaryCode = 0xFF;

    public static Exception From(int result, sqlite3 database)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        var cause = new SqliteException($"SQLite Error {result}: '{message}'.", result & PrimaryCode, extended);
        return (result & PrimaryCode) switch
        {
            raw.SQLITE_FULL => new StorageException(StorageFault.DiskFull, "The disk that holds the database is full.", cause),
            raw.SQLITE_CONSTRAINT or raw.SQLITE_MISUSE or raw.SQLITE_ERROR or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG => cause,
            _ => new StorageException(StorageFault.Unavailable, $"The database does not answer as it should: {message}.", cause),
        };
    }
}
