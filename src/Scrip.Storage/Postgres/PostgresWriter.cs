using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Postgres;

/// <summary>
/// A connection that writes. It is reused for the next group only if the last one is known to have left no open transaction; otherwise a
/// new one is made. Used by one thread at a time (<see cref="PostgresWriters"/>), which waits for the driver, but not for a silent
/// database.
/// </summary>
/// <param name="dataSource">Asked after <paramref name="prepare"/>, which may choose another host.</param>
/// <param name="plansOnce">Asked for every new connection: whether its statements may be planned without their values.</param>
/// <param name="prepare">Runs before every new connection is made; see <see cref="PostgresPreparation.Run"/>.</param>
/// <param name="silence">Once it is cancelled, no caller waits for this connection any more, and it must not be used again.</param>
internal sealed class PostgresWriter(
    Func<NpgsqlDataSource> dataSource, Func<bool> plansOnce, Action prepare, CancellationToken silence)
{
    /// <summary>
    /// How long connecting fails at once after a failed attempt, so that callers do not queue up for an unavailable server.
    /// </summary>
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private NpgsqlConnection? connection;

    /// <summary>The last step, which may still be running when its caller no longer waits.</summary>
    private Task last = Task.CompletedTask;

    /// <summary>Whether the connection has no open transaction. False from the begin of a transaction until its end is confirmed.</summary>
    private bool isClean;
    private bool isWarned;
    private long plannedFor;
    private long? failedAt;
    private Exception? failure;

    /// <summary>See <see cref="PostgresHeartbeat.Require"/>.</summary>
    public CancellationToken Silence => silence;

    /// <summary>
    /// Returns a connection without an open transaction, to begin one; <see cref="Commit"/> or <see cref="RollBack"/> ends it.
    /// </summary>
    /// <exception cref="StorageException">The server cannot be reached.</exception>
    public NpgsqlConnection Begin()
    {
        var connected = Connect();
        isClean = false;
        return connected;
    }

    /// <summary>Writes a row without meaning and checks what durability depends on.</summary>
    /// <exception cref="StorageException">The server takes no writes.</exception>
    public void Probe(DateTimeOffset now) => Probe(connected =>
    {
        PostgresMigrations.CheckCurrent(connected);
        using var batch = new NpgsqlBatch(connected);
        batch.Add("probe_set").With(Site.DefaultId).With(now);
        return batch.ExecuteNonQuery();
    });

    /// <summary>Probes a node of a cluster that has only shards; otherwise like <see cref="Probe(DateTimeOffset)"/>.</summary>
    /// <exception cref="StorageException">The node takes no writes.</exception>
    public void ProbeNode() => Probe(static connected =>
    {
        using var batch = new NpgsqlBatch(connected) { Timeout = PostgresSettings.ProbeTimeoutSeconds };
        batch.Add("citus_node_probe");
        return batch.ExecuteNonQuery();
    });

    private void Probe(Func<NpgsqlConnection, int> write)
    {
        try
        {
            var connected = Begin();
            AwaitBlocking(() =>
            {
                PostgresDurability.Check(connected);
                return write(connected);
            });
            isClean = true;
        }
        catch (Exception error) when (error is NpgsqlException or StorageSetupException)
        {
            throw PostgresFaults.Unreachable(error);
        }
        finally
        {
            RollBack();
        }
    }

    private NpgsqlConnection Connect()
    {
        if (isClean && connection is { FullState: System.Data.ConnectionState.Open })
            return connection;
        Abandon();
        if (failedAt is { } moment && Stopwatch.GetElapsedTime(moment) < PauseBetweenAttempts)
            throw PostgresFaults.Unreachable(failure!);
        try
        {
            prepare();
            // The connection is stored even if its caller no longer waits, so that it gets closed.
            var opened = AwaitBlocking(() => connection = Open());
            isClean = true;
            failedAt = null;
            return opened;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or SocketException or StorageSetupException)
        {
            failedAt = Stopwatch.GetTimestamp();
            failure = error;
            throw PostgresFaults.Unreachable(error);
        }
    }

    /// <summary>
    /// Whether the session's plans are too old. Its statements are planned once (writer_session.sql), and a plan made for a handful of rows
    /// may scan them all. So the statements are planned again whenever a site has twice as many rows as the largest site had then.
    /// </summary>
    public bool HasOldPlans { get; private set; }

    /// <param name="rows">The approximate number of rows of the site that was just read or written.</param>
    public void NoteSize(long rows)
    {
        if (rows <= 2 * plannedFor)
            return;
        plannedFor = rows;
        HasOldPlans = true;
    }

    public void NotePlanned() => HasOldPlans = false;

    /// <summary>Runs a step that precedes the commit.</summary>
    /// <exception cref="StorageException">Nothing was stored.</exception>
    public T Guard<T>(Func<Task<T>> step)
    {
        try
        {
            return Await(step);
        }
        catch (NpgsqlException error) when (!IsUniqueViolation(error))
        {
            Abandon();
            throw PostgresFaults.Of(error, committing: false) ?? (Exception)error;
        }
    }

    /// <summary>Runs a step that blocks inside the driver; otherwise like <see cref="Guard"/>.</summary>
    /// <exception cref="StorageException">Nothing was stored.</exception>
    public void GuardBlocking<T>(Func<T> step) => Guard(() => OnItsOwnThread(step));

    /// <summary>Runs a batch that ends with a commit, and verifies the commit.</summary>
    /// <exception cref="StorageException">Nothing was stored, or the outcome is unknown.</exception>
    public void Commit(NpgsqlBatch batch)
    {
        isWarned = false;
        try
        {
            // In its waiting form the driver would send from the thread pool (docs/decisions/0023-groups-sent-at-once.md).
            Await(() => batch.ExecuteNonQueryAsync(CancellationToken.None));
        }
        catch (NpgsqlException error) when (!IsUniqueViolation(error))
        {
            Abandon();
            throw PostgresFaults.Of(error, committing: true) ?? (Exception)error;
        }
        catch (Exception error) when (error is not NpgsqlException)
        {
            // The failure may have happened before the commit was sent or after it was executed.
            Abandon();
            throw new StorageException(StorageFault.OutcomeUnknown, "A commit failed inside this process.", error);
        }
        if (isWarned)
        {
            Abandon();
            throw new StorageException(
                StorageFault.OutcomeUnknown, "The database committed with a warning: the standby may not have the write.");
        }
        isClean = true;
    }

    /// <summary>Ends the transaction, if one may be open. If that fails, the session is closed and the server rolls back.</summary>
    public void RollBack()
    {
        if (isClean || connection is null)
            return;
        try
        {
            var command = new NpgsqlCommand(PostgresStatements.Text("transaction_rollback"), connection);
            Await(() => command.ExecuteNonQueryAsync(CancellationToken.None));
            isClean = true;
        }
#pragma warning disable CA1031 // What is known of the connection is that nobody may use it again.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abandon();
        }
    }

    /// <summary>Closes the connection after its last step. The writer must not be used afterwards.</summary>
    public async Task CloseAsync()
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (connection is { } left)
            await left.DisposeAsync();
    }

    /// <summary>
    /// Waits for a step. If the database falls silent, the step is abandoned: it ends by its own time limit or when the database responds
    /// after all, and then the connection is closed.
    /// </summary>
    /// <exception cref="NpgsqlException">The step failed, or the database is silent.</exception>
    private T Await<T>(Func<Task<T>> step)
    {
        if (silence.IsCancellationRequested)
            throw Left();
        var running = step();
        last = running;
        try
        {
            Task.WaitAny([running], silence);
        }
        catch (OperationCanceledException)
        {
            if (!running.IsCompleted)
                throw Left();
        }
        return running.GetAwaiter().GetResult();

        static NpgsqlException Left() => new("The database has not responded for some seconds.");
    }

    /// <inheritdoc cref="Await"/>
    private T AwaitBlocking<T>(Func<T> step) => Await(() => OnItsOwnThread(step));

    /// <summary>Runs a rare blocking step. It takes a new thread.</summary>
    private static Task<T> OnItsOwnThread<T>(Func<T> step) =>
        Task.Factory.StartNew(step, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Drops the connection, whose state is unknown. The next group gets a new one.</summary>
    private void Abandon()
    {
        // An abandoned step may still be running: CloseAsync closes the connection after it.
        if (silence.IsCancellationRequested)
            return;
        var abandoned = connection;
        connection = null;
        abandoned?.Dispose();
    }

    /// <summary>Whether a unique key was violated. The session is good after a rollback, so it is kept with its plans.</summary>
    private static bool IsUniqueViolation(NpgsqlException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    private NpgsqlConnection Open()
    {
        var opened = dataSource().OpenConnection();
        try
        {
            // If somebody cancels the wait for a synchronous standby, the server reports the commit as done, with a warning. The statements
            // of a group cause no other warnings.
            opened.Notice += (_, notice) => isWarned |= notice.Notice.InvariantSeverity == "WARNING";
            using var settings = new NpgsqlBatch(opened);
            settings.Add("writer_session").With(plansOnce() ? "force_generic_plan" : "auto");
            settings.ExecuteNonQuery();
            PostgresDurability.Check(opened);
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
