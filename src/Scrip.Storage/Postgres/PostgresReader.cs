using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A connection that reads, for one caller at a time.</summary>
/// <param name="process">The server's, which carries its statements out.</param>
/// <param name="silence">See <see cref="PostgresHeartbeat.Require"/>.</param>
internal sealed class PostgresReader(
    NpgsqlConnection connection, int process, PostgresShare share, PostgresCancellation cancellation, CancellationToken silence)
    : IAsyncDisposable
{
    /// <summary>What was under way when the database fell silent: the connection is closed behind it, and used for nothing else.</summary>
    private Task? left;

    /// <summary>See <see cref="IRows{TRow}.Cut"/>.</summary>
    public CancellationToken Cut => share.Cut;

    /// <summary>The database fell silent: nothing else can be run, and nothing need be put in order.</summary>
    public bool IsLeft => left is not null;

    /// <param name="read">Knows no token: the driver's own way to cancel blocks a thread that receives for all sockets.</param>
    /// <exception cref="StorageException">The database could not carry the read out, or is silent.</exception>
    /// <exception cref="OperationCanceledException">The caller has left, and the statement has ended for it.</exception>
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
                throw new OperationCanceledException("The caller has left.", error, cancellationToken);
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
