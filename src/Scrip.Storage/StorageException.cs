namespace Scrip.Storage;

/// <summary>Faults outside the rules, as far as a caller needs to distinguish them.</summary>
public enum StorageFault
{
    /// <summary>Nothing was stored: too many requests are waiting.</summary>
    Busy,

    /// <summary>Nothing was stored: the database cannot be reached or refuses to work.</summary>
    Unavailable,

    /// <summary>Nothing was stored: the transaction was lost, and running it again may well succeed now.</summary>
    Interrupted,

    /// <summary>Nothing was stored: the disk is full.</summary>
    DiskFull,

    /// <summary>
    /// Nothing was stored: the operation met a row that this version does not understand, which is either newer or damaged.
    /// </summary>
    NotUnderstood,

    /// <summary>The response to a commit was lost. Only a retry with the same idempotency key can find out safely.</summary>
    OutcomeUnknown,
}

public sealed class StorageException(StorageFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StorageFault Fault { get; } = fault;

    /// <param name="what">The row and what is unexpected about it, for the log.</param>
    public static StorageException NotUnderstood(string what) =>
        new(StorageFault.NotUnderstood, $"This version of Scrip does not understand what is stored: {what}.");

    /// <summary>A unique key refused a row that was presumed new (<see cref="GroupLookup.PresumesNew"/>).</summary>
    public static StorageException IsNotNew(Exception refusal) =>
        new(StorageFault.Interrupted, "A row that was presumed new already exists.", refusal);
}

/// <summary>The storage setting, or the database that it names, is unusable. The message is one line for the operator.</summary>
public class StorageSetupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database is unavailable. It may become available without any change here.</summary>
public sealed class StorageAwayException(string message, Exception? inner = null) : StorageSetupException(message, inner);

/// <summary>Another process is using the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : StorageSetupException($"Another scrip process is using the data folder {folder}; only one may.", inner);
