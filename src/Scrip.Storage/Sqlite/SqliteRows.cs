namespace Scrip.Storage.Sqlite;

/// <summary>A running query on a reader of its own, which it gives back when it is disposed of.</summary>
internal sealed class SqliteRows(SqliteSession session, SqliteStatement statement, Action<SqliteSession> giveBack) : ICertificateRows
{
    private bool disposed;

    public CertificateRow Current => new()
    {
        Id = statement.Integer(0),
        Code = statement.Bytes(1),
        IsActive = statement.Boolean(2),
        FaceValue = statement.Integer(3),
        Spent = statement.Integer(4),
        Held = statement.Integer(5),
        Version = statement.Integer(6),
        CreatedAt = statement.Instant(7),
        UpdatedAt = statement.Instant(8),
    };

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
