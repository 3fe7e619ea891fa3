using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>Tells what SQLite's result codes mean for a caller. A violated constraint is a defect, not an outage.</summary>
internal static class SqliteFaults
{
    private const int PrimaryCode = 0xFF;

    public static Exception From(int result, sqlite3 database)
    {
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        var extended = raw.sqlite3_extended_errcode(database);
        return From(new SqliteException($"SQLite Error {result}: '{message}'.", result & PrimaryCode, extended));
    }

    /// <summary>The same for everything that is not a prepared statement: opening, pragmas and migrations.</summary>
    public static Exception From(SqliteException cause) => cause.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StorageException(StorageFault.DiskFull, "The disk that holds the database is full.", cause),
        // Only the caller's own token interrupts a statement.
        raw.SQLITE_INTERRUPT => new OperationCanceledException(cause.Message, cause),
        raw.SQLITE_CONSTRAINT or raw.SQLITE_MISUSE or raw.SQLITE_ERROR or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG => cause,
        _ => new StorageException(StorageFault.Unavailable, cause.Message, cause),
    };
}
