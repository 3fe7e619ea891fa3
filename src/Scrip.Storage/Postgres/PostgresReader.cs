using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A connection that reads, for one caller at a time.</summary>
/// <param name="process">The server process that runs its statements.</param>
/// <param name="silence">See <see cref="PostgresHeartbeat.Require"/>.</param>
internal sealed class PostgresReader(
    NpgsqlConnection connection, int process, PostgresShare share, PostgresCancellation cancellation, CancellationToken silence)
    : IAsyncDisposable
{
    /// <summary>
    /// The statement that was in progress when the database fell silent. The connection is closed after it and is not used for anything
    /// else.
    /// </summary>
    private Task? left;

    /// <summary>See <see cref="IRows{TRow}.Cut"/>.</summary>
    public CancellationToken Cut => share.Cut;

    /// <summary>Whether the database fell silent: nothing more can be run, and nothing needs to be cleaned up.</summary>
    public bool IsLeft => left is not null;

    /// <param name="read">Gets no token: the driver's own cancellation blocks a thread that receives for all sockets.</param>
    /// <exception cref="StorageException">The read failed, or the database is silent.</exception>
    /// <exception cref="OperationCanceledException">The caller has disconnected, and its statement has ended.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        if (IsLeft)
            throw PostgresFaults.Silent();
        try
        {
            var reading = ThreadPoolContext.RunAsync(() => read(connection));
            if (!reading.IsCompleted && !await cancellation.WatchAsync(reading, process, cancellationToken, silence))
            {
                left = reading;
                throw PostgresFaults.Silent();
            }
            return await reading;
        }
        catch (NpgsqlException error)
        {
            if (error.SqlState == PostgresErrorCodes.QueryCanceled && cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException("The caller has disconnected.", error, cancellationToken);
            throw PostgresFaults.Of(error, committing: false) ?? (Exception)error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (left is { } underWay)
        {
            share.Dispose();
            _ = CloseAfterAsync(underWay);
            return;
        }
        try
        {
            await CloseAsync();
        }
        finally
        {
            share.Dispose();
        }
    }

    private async Task CloseAfterAsync(Task underWay)
    {
        await underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync();
    }

    private Task<bool> CloseAsync() => ThreadPoolContext.RunAsync(async () =>
    {
        await connection.DisposeAsync();
        return true;
    });
}
