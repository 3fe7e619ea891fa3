namespace Scrip.Storage;

/// <summary>The rows of a query, one at a time, all from one committed state.</summary>
public interface IRows<out TRow> : IAsyncDisposable
    where TRow : allows ref struct
{
    /// <summary>The row to which <see cref="ReadAsync"/> has moved.</summary>
    TRow Current { get; }

    /// <summary>
    /// The number of rows of all pages, in the same state, once <see cref="ReadAsync"/> has returned false; null unless the query is
    /// counted.
    /// </summary>
    long? Total { get; }

    /// <summary>
    /// Cancelled when the rows have taken too long, or keep too much of the database's log from being trimmed. After that, the next row
    /// that is not yet buffered is refused. A caller that waits for something else stops waiting and disposes the rows.
    /// </summary>
    CancellationToken Cut { get; }

    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
