namespace Scrip.Storage.Sqlite;

/// <summary>
/// Brings the write-ahead log into the database file beside the thread that writes, which would stand still for it otherwise
/// (docs/decisions/0016-checkpoints-beside-the-writer.md).
/// </summary>
/// <remarks>
/// The log begins anew once all of it is in the file, and while somebody writes there is always more. So the last of it is brought over by
/// whoever writes, between two transactions.
/// </remarks>
/// <param name="maxLogBytes">Beyond it the log is too long, because somebody reads an old state.</param>
/// <param name="tooLong">Called on the thread that writes when the log is too long; again and again while it is.</param>
internal sealed class SqliteCheckpoints(string path, long maxLogBytes, Action tooLong) : IDisposable
{
    /// <summary>64 MiB: what is written again meanwhile goes into the file once.</summary>
    private const int PagesToStart = 16_384;

    /// <summary>What the writer brings over itself, in a few milliseconds.</summary>
    private const int PagesForWriter = 1024;

    /// <summary>Where the disk is slower than what is written, the writer waits for the rest.</summary>
    private const int MostRounds = 4;

    private const long PageBytes = 4096;

    private readonly SqliteSession session = SqliteSession.OpenCheckpointer(path);
    private Task? running;

    /// <summary>In the log since it began, about.</summary>
    private int pages;

    /// <summary>Called on the thread that writes, between its transactions.</summary>
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
        // A long list that is being read keeps the log as it is: it is tried again after half as much.
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
            // SQLite forces the file to the disk with the last of the log only. Done here, it leaves the writer little to wait for.
            if (!done.IsWhole || !session.ForceFile() || Volatile.Read(ref pages) - done.Pages < PagesForWriter)
                return;
        }
    }
}
