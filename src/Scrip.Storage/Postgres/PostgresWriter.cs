using System.Diagnostics;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connection that writes, kept open from one group to the next and made anew when it has broken. Used by one thread.
/// </summary>
internal sealed class PostgresWriter(NpgsqlDataSource dataSource) : IDisposable
{
    /// <summary>After a failed attempt others fail at once for so long: callers are not to queue up for a server that is away.</summary>
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private NpgsqlConnection? connection;
    private bool isWarned;
    private long plannedFor;
    private long? failedAt;
    private Exception? failure;

    /// <exception cref="StorageException">The server cannot be reached.</exception>
    public NpgsqlConnection Connect()
    {
        if (connection is { FullState: System.Data.ConnectionState.Open })
            return connection;
        Abandon();
        if (failedAt is { } moment && Stopwatch.GetElapsedTime(moment) < PauseBetweenAttempts)
            throw PostgresFaults.Unreachable(failure!);
        try
        {
            connection = Open();
            failedAt = null;
            return connection;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            failedAt = Stopwatch.GetTimestamp();
            failure = error;
            throw PostgresFaults.Unreachable(error);
        }
    }

    /// <summary>
    /// The session's statements are planned once (writer_session.sql), and what was planned for a handful of rows may walk them all. So
    /// they are planned again whenever a site has twice as many as the largest had then.
    /// </summary>
    public bool HasOldPlans { get; private set; }

    /// <param name="rows">Of the site that was just read or written, about.</param>
    public void NoteSize(long rows)
    {
        if (rows <= 2 * plannedFor)
            return;
        plannedFor = rows;
        HasOldPlans = true;
    }

    public void NotePlanned() => HasOldPlans = false;

    /// <summary>Runs what comes before a commit.</summary>
    /// <exception cref="StorageException">Nothing was stored.</exception>
    public T Guard<T>(Func<T> step) => Guard(step, committing: false);

    /// <summary>Runs a batch that ends with a commit, and makes sure of it.</summary>
    /// <exception cref="StorageException">Nothing was stored, or that is not known.</exception>
    public void Commit(NpgsqlBatch batch)
    {
        isWarned = false;
        Guard(batch.Run, committing: true);
        if (!isWarned)
            return;
        Abandon();
        throw new StorageException(
            StorageFault.OutcomeUnknown, "The database committed with a warning: the standby may not have the write.");
    }

    /// <summary>The next group gets a new connection: this one may be in a state nobody knows.</summary>
    public void Abandon()
    {
        connection?.Dispose();
        connection = null;
    }

    public void Dispose()
    {
        Abandon();
        dataSource.Dispose();
    }

    private T Guard<T>(Func<T> step, bool committing)
    {
        try
        {
            return step();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Of the session this tells nothing: rolled back it is as good as before, and its plans are kept.
            throw;
        }
        catch (NpgsqlException error)
        {
            Abandon();
            throw PostgresFaults.Of(error, committing) ?? (Exception)error;
        }
    }

    private NpgsqlConnection Open()
    {
        var opened = dataSource.OpenConnection();
        try
        {
            // When somebody cancels the wait for a synchronous standby, the server says that the commit is done, with a warning. Otherwise
            // the statements of a group give nothing to warn of.
            opened.Notice += (_, notice) => isWarned |= notice.Notice.InvariantSeverity == "WARNING";
            using var settings = new NpgsqlCommand(PostgresStatements.Text("writer_session"), opened);
            settings.ExecuteNonQuery();
            (plannedFor, HasOldPlans) = (0, false);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
