namespace Scrip.Storage.Sqlite;

/// <summary>Rows that have all been read, so that they keep neither a connection nor an old state of the database.</summary>
internal sealed class SqlitePage<TRow>(ISqliteBatch<TRow> batch, long? total) : IRows<TRow>
    where TRow : allows ref struct
{
    private int at = -1;

    public TRow Current => batch[at];
    public long? Total => total;
    public CancellationToken Cut => CancellationToken.None;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? ValueTask.FromCanceled<bool>(cancellationToken)
        : ValueTask.FromResult(++at < batch.Count);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
