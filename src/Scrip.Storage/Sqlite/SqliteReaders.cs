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
