using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Tells what an error of the server or the driver means for a write. It goes by SqlState only, because texts and constraint names differ
/// between servers.
/// </summary>
internal static class PostgresFaults
{
    /// <summary>
    /// Returns the fault, or null for a defect such as a violated check: a defect is not an outage and must not look like one.
    /// </summary>
    /// <param name="committing">Whether the commit may already have happened when the error occurred.</param>
    public static StorageException? Of(NpgsqlException error, bool committing)
    {
        if (error is not PostgresException answered)
            return Lost(error, committing);
        return answered.SqlState switch
        {
            PostgresErrorCodes.DiskFull => new StorageException(StorageFault.DiskFull, "The database's disk is full.", error),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ReadOnlySqlTransaction =>
                new StorageException(StorageFault.Interrupted, "The database aborted the transaction.", error),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled =>
                new StorageException(StorageFault.Busy, "The database did not respond in time.", error),
            // Nothing was executed. The only cause is a pooler whose settings changed after this process started (PostgresPoolers).
            PostgresErrorCodes.DuplicatePreparedStatement or PostgresErrorCodes.InvalidSqlStatementName =>
                new StorageException(StorageFault.Unavailable, "A pooler shares the database's sessions among connections.", error),
            PostgresErrorCodes.StatementCompletionUnknown => Lost(error, committing),
            ['0', '8', ..] or ['5', '7', 'P', ..] => Lost(error, committing),
            ['5', '3', ..] or ['5', '8', ..] =>
                new StorageException(StorageFault.Unavailable, "The database has run out of a resource.", error),
            _ => null,
        };
    }

    public static StorageException Unreachable(Exception error) =>
        new(StorageFault.Unavailable, "The database cannot be reached.", error);

    public static StorageException Silent() => new(StorageFault.Unavailable, "The database has not responded for some seconds.");

    public static StorageException Behind() => new(
        StorageFault.Unavailable,
        "The only primary that answers has missed the promotion of another; with it, what was acknowledged since would be missing.");

    private static StorageException Lost(NpgsqlException error, bool committing) => committing
        ? new StorageException(StorageFault.OutcomeUnknown, "The connection to the database was lost during a commit.", error)
        : new StorageException(StorageFault.Interrupted, "The connection to the database was lost.", error);
}
