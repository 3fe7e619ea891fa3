using System.Collections.Concurrent;

namespace Scrip.Storage.Sqlite;

/// <summary>The connections that read. Each is used by one reader at a time; a list keeps its own until its response has ended.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private const int MaxAtOnce = 64;

    /// <summary>A whole list takes as long as its reader likes: however many of them stall, the other reads find places.</summary>
    private const int MaxWholeListsAtOnce = 48;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentBag<SqliteSession> idle = [];

    // They are never disposed of: they hold nothing, and a list that is still read when the store is closed gives its place back later.
    private readonly SemaphoreSlim places = new(MaxAtOnce, MaxAtOnce);
    private readonly SemaphoreSlim wholeListPlaces = new(MaxWholeListsAtOnce, MaxWholeListsAtOnce);
    private volatile bool closed;

    public async ValueTask<SqliteSession> TakeAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(places, "As many reads are under way as may be, and none ended in time.", cancellationToken);
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

    public async ValueTask<SqliteSession> TakeForWholeListAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(wholeListPlaces, "As many whole lists are being read as may be, and none ended in time.", cancellationToken);
        try
        {
            return await TakeAsync(cancellationToken);
        }
        catch
        {
            wholeListPlaces.Release();
            throw;
        }
    }

    public void GiveBackFromWholeList(SqliteSession session)
    {
        GiveBack(session);
        wholeListPlaces.Release();
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

    private static async ValueTask WaitAsync(SemaphoreSlim places, string inVain, CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(LongestWait, cancellationToken))
            throw new StorageException(StorageFault.Busy, inVain);
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var session))
            session.Dispose();
    }
}
