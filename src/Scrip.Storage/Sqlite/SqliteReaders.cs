using System.Collections.Concurrent;

namespace Scrip.Storage.Sqlite;

/// <summary>The connections that read. Each is used by one reader at a time; a list keeps its own until its response has ended.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly ReadPlaces places = new(atOnce: 64, wholeListsAtOnce: 48);
    private volatile bool closed;

    public ValueTask<SqliteSession> TakeAsync(CancellationToken cancellationToken) => TakeAsync(forWholeList: false, cancellationToken);

    public ValueTask<SqliteSession> TakeForWholeListAsync(CancellationToken cancellationToken) =>
        TakeAsync(forWholeList: true, cancellationToken);

    public void GiveBackFromWholeList(SqliteSession session) => GiveBack(session, fromWholeList: true);

    public void GiveBack(SqliteSession session) => GiveBack(session, fromWholeList: false);

    public void Dispose()
    {
        closed = true;
        CloseIdle();
    }

    private async ValueTask<SqliteSession> TakeAsync(bool forWholeList, CancellationToken cancellationToken)
    {
        await places.TakeAsync(forWholeList, cancellationToken);
        try
        {
            return idle.TryTake(out var session) ? session : SqliteSession.OpenReader(path);
        }
        catch
        {
            places.GiveBack(forWholeList);
            throw;
        }
    }

    private void GiveBack(SqliteSession session, bool fromWholeList)
    {
        idle.Add(session);
        if (closed)
            CloseIdle();
        places.GiveBack(fromWholeList);
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out var session))
            session.Dispose();
    }
}
