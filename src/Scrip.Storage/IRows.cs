namespace Scrip.Storage;

/// <summary>The rows of a query, one at a time, all from one committed state.</summary>
public interface IRows<out TRow> : IDisposable
    where TRow : allows ref struct
{
    /// <summary>The row that <see cref="ReadAsync"/> arrived at.</summary>
    TRow Current { get; }

    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
