namespace Scrip.Storage;

/// <summary>The rows of a query, one at a time, all from one committed state.</summary>
public interface IRows<out TRow> : IAsyncDisposable
    where TRow : allows ref struct
{
    /// <summary>The row that <see cref="ReadAsync"/> arrived at.</summary>
    TRow Current { get; }

    /// <summary>
    /// Cancelled when the rows have taken too long, or keep too much of the database's log from being trimmed. The next row that is not at
    /// hand is then refused; a caller who waits for something else stops waiting and disposes of them.
    /// </summary>
    CancellationToken Cut { get; }

    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
