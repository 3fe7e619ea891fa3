using Scrip.Storage.Reads;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// The reads that scan tables, on their own threads. A page is read completely in one run; a whole list in batches, as fast as its client
/// takes them.
/// </summary>
internal sealed class SqliteScans(SqliteReaders readers, ListPlaces lists) : IDisposable
{
    private readonly ScanThreads threads = new();

    public async ValueTask<T> ReadAsync<T>(long siteId, Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        await threads.RunAsync(
            siteId,
            () =>
            {
                var session = readers.Take();
                try
                {
                    using (session.StopWhen(cancellationToken))
                        return read(session);
                }
                finally
                {
                    readers.GiveBack(session);
                }
            },
            FairPlaces.LongestWait,
            cancellationToken);

    public ValueTask<long> CountAsync(long siteId, ComposedQuery query, CancellationToken cancellationToken) =>
        ReadAsync(siteId, session => Count(session, siteId, query), cancellationToken);

    public async ValueTask<IRows<TRow>> ReadPageAsync<TRow>(
        long siteId, Selection selection, ISqliteBatch<TRow> batch, CancellationToken cancellationToken)
        where TRow : allows ref struct =>
        await ReadAsync(siteId, session => ReadPage(session, siteId, selection, batch), cancellationToken);

    /// <summary>Reads all rows of a query that returns only a few.</summary>
    public static IRows<TRow> ReadPage<TRow>(SqliteSession session, long siteId, Selection selection, ISqliteBatch<TRow> batch)
        where TRow : allows ref struct
    {
        if (selection.Count is not { } count)
        {
            Fill(session, siteId, selection.Rows, batch);
            return new SqlitePage<TRow>(batch, total: null);
        }
        return session.InSnapshot(() =>
        {
            Fill(session, siteId, selection.Rows, batch);
            return new SqlitePage<TRow>(batch, count.KnownFrom(batch.Count) ?? Count(session, siteId, count.Statement));
        });
    }

    /// <summary>Runs a statement that counts, on the caller's thread.</summary>
    public static long Count(SqliteSession session, long siteId, ComposedQuery query)
    {
        var statement = session.Shaped(siteId, query);
        try
        {
            return statement.Step() ? statement.Integer(0) : 0;
        }
        finally
        {
            session.Release(statement);
        }
    }

    /// <param name="newBatch">Creates each of the two batches that alternate.</param>
    public async ValueTask<IRows<TRow>> BeginListAsync<TRow>(
        long siteId, ComposedQuery query, Func<ISqliteBatch<TRow>> newBatch, CancellationToken cancellationToken)
        where TRow : allows ref struct
    {
        var place = await lists.TakeAsync(siteId, cancellationToken);
        var rows = new SqliteRows<TRow>(
            threads, siteId, () => Open(siteId, query), Close, ended: place.Dispose, newBatch(), newBatch(), place.Cut);
        try
        {
            await rows.BeginAsync(cancellationToken);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken)
    {
        var place = await lists.TakeAsync(siteId, cancellationToken);
        try
        {
            return new SqliteSnapshot(threads, readers.Take(), siteId, GiveBack, place.Cut);
        }
        catch
        {
            place.Dispose();
            throw;
        }

        void GiveBack(SqliteSession session)
        {
            readers.GiveBack(session);
            place.Dispose();
        }
    }

    public void Dispose() => threads.Dispose();

    private (SqliteSession Session, SqliteStatement Statement) Open(long siteId, ComposedQuery query)
    {
        var session = readers.Take();
        try
        {
            return (session, session.Shaped(siteId, query));
        }
        catch
        {
            readers.GiveBack(session);
            throw;
        }
    }

    private void Close(SqliteSession session, SqliteStatement statement)
    {
        session.Release(statement);
        readers.GiveBack(session);
    }

    private static void Fill<TRow>(SqliteSession session, long siteId, ComposedQuery query, ISqliteBatch<TRow> batch)
        where TRow : allows ref struct
    {
        var statement = session.Shaped(siteId, query);
        try
        {
            while (statement.Step())
                batch.Add(new SqliteRow(statement));
        }
        finally
        {
            session.Release(statement);
        }
    }
}
