namespace Scrip.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database file in parallel to the writer thread, which would otherwise stop for it
/// (docs/decisions/0016-checkpoints-beside-the-writer.md).
/// </summary>
/// <remarks>
/// The log restarts only when its whole content is in the file, and during writes there is always more. So the writer copies the last part
/// itself, between two transactions.
/// </remarks>
/// <param name="maxLogBytes">The size beyond which the log is too long, because a reader uses an old state.</param>
/// <param name="tooLong">Called on the writer thread, repeatedly, as long as the log is too long.</param>
internal sealed class SqliteCheckpoints(string path, long maxLogBytes, Action tooLong) : IDisposable
{
    /// <summary>64 MiB. A page that is written several times before that is copied into the file once.</summary>
    private const int PagesToStart = 16_384;

    /// <summary>How much the writer copies itself, which takes a few milliseconds.</summary>
    private const int PagesForWriter = 1024;

    /// <summary>If the disk is slower than the writes, the writer waits for the rest after this many rounds.</summary>
    private const int MostRounds = 4;

    private const long PageBytes = 4096;

    private readonly SqliteSession session = SqliteSession.OpenCheckpointer(path);
    private Task? running;

    /// <summary>The approximate number of pages in the log since it restarted.</summary>
    private int pages;

    /// <summary>Called on the writer thread, between its transactions.</summary>
    public void Advance(SqliteSession writer)
    {
        Volatile.Write(ref pages, pages + writer.TakePagesWritten());
        if (pages < PagesToStart || running is { IsCompleted: false })
            return;
        if (running is null)
        {
            running = Task.Factory.StartNew(BringOver, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }
        running = null;
        var done = writer.Checkpoint();
        // A long list that is being read keeps the log: try again after half as many pages.
        Volatile.Write(ref pages, done.IsWhole ? 0 : PagesToStart / 2);
        if (!done.IsWhole && done.PagesInLog * PageBytes > maxLogBytes)
            tooLong();
    }

    public void Dispose()
    {
        running?.Wait();
        session.Dispose();
    }

    private void BringOver()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var done = session.Checkpoint();
            // SQLite forces the file to the disk only with the last part of the log. Forcing it here leaves the writer little to wait for.
            if (!done.IsWhole || !session.ForceFile() || Volatile.Read(ref pages) - done.Pages < PagesForWriter)
                return;
        }
    }
}
