namespace Scrip.Storage.Sqlite;

/// <summary>A running query on a reader of its own, which it gives back when it is disposed of.</summary>
internal sealed class SqliteRows<TRow>(
    SqliteSession session, SqliteStatement statement, Func<SqliteStatement, TRow> read, Action<SqliteSession> giveBack) : IRows<TRow>
    where TRow : allows ref struct
{
    private bool disposed;

    public TRow Current => read(statement);

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? ValueTask.FromCanceled<bool>(cancellationToken)
        : ValueTask.FromResult(statement.Step());

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        session.Release(statement);
        giveBack(session);
    }
}
