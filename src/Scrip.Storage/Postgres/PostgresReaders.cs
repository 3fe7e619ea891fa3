using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that read, apart from the one that writes. No other class can reach them, so that every read runs in
/// <see cref="ThreadPoolContext"/>, and its statement ends when its caller leaves (<see cref="PostgresCancellation"/>).
/// </summary>
/// <param name="requirePrepared">Throws while the database is not prepared.</param>
internal sealed class PostgresReaders(NpgsqlConnectionStringBuilder settings, PostgresShares shares, Action requirePrepared) : IDisposable
{
    private readonly NpgsqlDataSource dataSource = PostgresSettings.Pool(settings);
    private readonly PostgresCancellation cancellation = new(settings);
    private readonly PostgresProcesses processes = new();

    /// <summary>Reads a few rows by their keys.</summary>
    /// <exception cref="StorageException">The read failed, the server cannot be reached, or too much is being read.</exception>
    public ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(PostgresAccess.AllSites, ReadExtent.Few, read, cancellationToken);

    /// <summary>Reads on a connection that is given back at the end.</summary>
    /// <exception cref="StorageException">The read failed, the server cannot be reached, or too much is being read.</exception>
    public async ValueTask<T> ReadAsync<T>(
        long siteId, ReadExtent extent, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var reader = await TakeAsync(siteId, extent, cancellationToken);
        return await reader.RunAsync(read, cancellationToken);
    }

    /// <summary>For rows that are read while their response is written; dispose of the reader to give its connection back.</summary>
    /// <exception cref="StorageException">The server cannot be reached, or too much is being read.</exception>
    public async ValueTask<PostgresReader> TakeAsync(long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        requirePrepared();
        var share = await shares.TakeAsync(siteId, extent, cancellationToken);
        try
        {
            var (connection, process) = await ThreadPoolContext.RunAsync(OpenAsync);
            return new PostgresReader(connection, process, share, cancellation);
        }
        catch (Exception error)
        {
            share.Dispose();
            if (error is NpgsqlException or TimeoutException or SocketException)
                throw PostgresFaults.Unreachable(error);
            throw;
        }
    }

    public void Dispose()
    {
        dataSource.Dispose();
        cancellation.Dispose();
    }

    private async Task<(NpgsqlConnection Connection, int Process)> OpenAsync()
    {
        var connection = await dataSource.OpenConnectionAsync(CancellationToken.None);
        try
        {
            return (connection, await processes.OfAsync(connection));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A connection that reads, for one caller at a time.</summary>
/// <param name="process">The server's, which carries its statements out.</param>
internal sealed class PostgresReader(
    NpgsqlConnection connection, int process, PostgresShare share, PostgresCancellation cancellation) : IAsyncDisposable
{
    /// <summary>See <see cref="IRows{TRow}.Cut"/>.</summary>
    public CancellationToken Cut => share.Cut;

    /// <param name="read">Knows no token: the driver's own way to cancel blocks a thread that receives for all sockets.</param>
    /// <exception cref="StorageException">The database could not carry the read out.</exception>
    /// <exception cref="OperationCanceledException">The caller has left, and the statement has ended for it.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            var reading = ThreadPoolContext.RunAsync(() => read(connection));
            if (!reading.IsCompleted && cancellationToken.CanBeCanceled)
                await cancellation.WatchAsync(reading, process, cancellationToken);
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
        try
        {
            await ThreadPoolContext.RunAsync(async () =>
            {
                await connection.DisposeAsync();
                return true;
            });
        }
        finally
        {
            share.Dispose();
        }
    }
}
