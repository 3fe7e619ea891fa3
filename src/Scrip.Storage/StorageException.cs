using Scrip.Ledger;

namespace Scrip.Storage;

/// <summary>What went wrong outside the rules, as far as a caller needs to know.</summary>
public enum StorageFault
{
    /// <summary>Nothing was stored: more writes are waiting than may wait.</summary>
    Busy,

    /// <summary>Nothing was stored: the database cannot be reached or refuses to work.</summary>
    Unavailable,

    /// <summary>Nothing was stored: the transaction was lost on its way, and the same one may well succeed now.</summary>
    Interrupted,

    /// <summary>Nothing was stored: there is no room for it.</summary>
    DiskFull,

    /// <summary>Nothing was stored: a row that this version does not understand is in the way, written by a newer one or damaged.</summary>
    NotUnderstood,

    /// <summary>The answer of a commit was lost. Only a retry with the same idempotency key finds out, safely.</summary>
    OutcomeUnknown,
}

public sealed class StorageException(StorageFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StorageFault Fault { get; } = fault;

    /// <param name="what">The row and what is strange about it, for the log.</param>
    public static StorageException NotUnderstood(string what) =>
        new(StorageFault.NotUnderstood, $"This version of Scrip does not understand what is stored: {what}.");

    /// <summary>A unique key has refused what was presumed (<see cref="Footprint.PresumesNew"/>).</summary>
    public static StorageException IsNotNew(Exception refusal) =>
        new(StorageFault.Interrupted, "Something that was presumed new is there already.", refusal);
}

/// <summary>The storage setting, or what it names, cannot be used. The message is for the operator, in one line.</summary>
public class StorageSetupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database is away or does not work now. It may later, without anything being changed here.</summary>
public sealed class StorageAwayException(string message, Exception? inner = null) : StorageSetupException(message, inner);

/// <summary>Another process has the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : StorageSetupException($"Another scrip process is using the data folder {folder}; one at a time.", inner);
