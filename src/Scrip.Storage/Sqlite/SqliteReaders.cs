using System.Collections.Concurrent;

namespace Scrip.Storage.Sqlite;

/// <summary>The connections that read, each used by one reader at a time.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool closed;

    public SqliteSession Take() => idle.TryTake(out var session) ? session : SqliteSession.OpenReader(path);

    public void GiveBack(SqliteSession session)
    {
        // A read that failed between two rows would keep its state of the database open, and with it the write-ahead log.
        if (session.IsIdle)
            idle.Add(session);
        else
            session.Dispose();
        if (closed)
            CloseIdle();
    }

    /// <summary>Reads rows by a key, directly on the caller's thread.</summary>
    public ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        var session = Take();
        try
        {
            return ValueTask.FromResult(read(session));
        }
        finally
        {
            GiveBack(session);
        }
    }

    /// <summary>Reads the first row; default if there are no rows.</summary>
    public ValueTask<T?> ReadFirstAsync<T>(
        Func<SqliteSession, SqliteStatement> select, Func<SqliteStatement, T> read, CancellationToken cancellationToken) =>
        ReadAsync(
            session =>
            {
                var row = select(session);
                var first = row.Step() ? read(row) : default;
                row.Reset();
                return first;
            },
            cancellationToken);

    public ValueTask<bool> HasRowAsync(Func<SqliteSession, SqliteStatement> select, CancellationToken cancellationToken) =>
        ReadFirstAsync(select, static _ => true, cancellationToken);

    public void Dispose()
    {
        closed = true;
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var session))
            session.Dispose();
    }
}
