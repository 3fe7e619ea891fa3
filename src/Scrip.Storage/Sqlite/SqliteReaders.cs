using System.Collections.Concurrent;

namespace Scrip.Storage.Sqlite;

/// <summary>The connections that read. Each is used by one reader at a time; a list keeps its own until its response has ended.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private const int MaxAtOnce = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentBag<SqliteSession> idle = [];

    // It is never disposed of: it holds nothing, and a list that is still read when the store is closed gives its place back later.
    private readonly SemaphoreSlim places = new(MaxAtOnce, MaxAtOnce);
    private volatile bool closed;

    public async ValueTask<SqliteSession> TakeAsync(CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(LongestWait, cancellationToken))
            throw new StorageException(StorageFault.Busy, $"{MaxAtOnce} reads are under way, and none ended in time.");
        try
        {
            return idle.TryTake(out var session) ? session : SqliteSession.OpenReader(path);
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    public void GiveBack(SqliteSession session)
    {
        idle.Add(session);
        if (closed)
            CloseIdle();
        places.Release();
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
