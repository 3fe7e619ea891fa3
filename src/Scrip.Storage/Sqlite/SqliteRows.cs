using Scrip.Storage.Reads;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// A running query whose rows are read in batches on a scan thread: no pool thread waits for the database, and no scan thread waits for the
/// caller who takes the rows.
/// </summary>
/// <param name="open">Begins the query. Called once, on a scan thread.</param>
/// <param name="close">Ends the query. Called once if it was begun.</param>
/// <param name="ended">Called once when the rows use no resources any more.</param>
/// <param name="batch">
/// The batch that the caller reads, while <paramref name="ahead"/> is being filled; null to read only on demand.
/// </param>
/// <param name="cut">Cancelled when the reader must be given back; see <see cref="IRows{TRow}.Cut"/>.</param>
internal sealed class SqliteRows<TRow>(
    ScanThreads threads,
    long siteId,
    Func<(SqliteSession Session, SqliteStatement Statement)> open,
    Action<SqliteSession, SqliteStatement> close,
    Action ended,
    ISqliteBatch<TRow> batch,
    ISqliteBatch<TRow>? ahead,
    CancellationToken cut) : IRows<TRow>
    where TRow : allows ref struct
{
    private const int MaxRows = 1024;
    private const int MaxBytes = 128 * 1024;

    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cut);
    private SqliteSession? session;
    private SqliteStatement? statement;
    private Task<bool>? reading;
    private bool hasMore = true;
    private bool hasClosed;
    private bool disposed;
    private int at = -1;

    public TRow Current => batch[at];
    public long? Total => null;
    public CancellationToken Cut => cut;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        if (at + 1 < batch.Count)
        {
            at++;
            return ValueTask.FromResult(true);
        }
        return hasMore ? ReadBatchAsync(Timeout.InfiniteTimeSpan, cancellationToken) : ValueTask.FromResult(false);
    }

    /// <summary>Reads the first rows. A query that cannot begin fails here.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (await ReadBatchAsync(FairPlaces.LongestWait, cancellationToken))
            at = -1;
    }

    public ValueTask DisposeAsync()
    {
        if (disposed)
            return ValueTask.CompletedTask;
        disposed = true;
        stopping.Cancel();
        if (reading is { IsCompleted: false })
            _ = reading.ContinueWith(_ => End(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        else
            End();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> ReadBatchAsync(TimeSpan longestWait, CancellationToken cancellationToken)
    {
        reading ??= ReadIntoAsync(ahead ?? batch, longestWait);
        try
        {
            using (cancellationToken.UnsafeRegister(static stopping => ((CancellationTokenSource)stopping!).Cancel(), stopping))
                hasMore = await reading;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ListPlace.WasCut();
        }
        at = 0;
        reading = null;
        if (ahead is not null)
        {
            (batch, ahead) = (ahead, batch);
            if (hasMore)
                reading = ReadIntoAsync(ahead, Timeout.InfiniteTimeSpan);
        }
        return batch.Count > 0;
    }

    private Task<bool> ReadIntoAsync(ISqliteBatch<TRow> rows, TimeSpan longestWait) =>
        threads.RunAsync(siteId, () => Read(rows), longestWait, stopping.Token);

    /// <summary>Fills a batch, on a scan thread. Returns whether there may be more rows.</summary>
    private bool Read(ISqliteBatch<TRow> rows)
    {
        if (statement is null)
            (session, statement) = open();
        rows.Clear();
        using (session!.StopWhen(stopping.Token))
        {
            while (rows.Count < MaxRows && rows.Bytes < MaxBytes)
            {
                if (!statement.Step())
                {
                    Close();
                    return false;
                }
                rows.Add(new SqliteRow(statement));
            }
        }
        return true;
    }

    /// <summary>Ends the query. It runs after the last row was read, without waiting until the caller has taken all rows.</summary>
    private void Close()
    {
        if (hasClosed)
            return;
        hasClosed = true;
        if (statement is not null)
            close(session!, statement);
        ended();
    }

    private void End()
    {
        // An exception in a batch that was read ahead does not matter any more.
        _ = reading?.Exception;
        Close();
        stopping.Dispose();
    }
}
