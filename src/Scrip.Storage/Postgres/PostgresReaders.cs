using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that read, separate from those that write. No other class can reach them, so that every read runs in
/// <see cref="ThreadPoolContext"/>, its statement ends when its caller disconnects (<see cref="PostgresCancellation"/>), and no caller
/// waits for a silent database (<see cref="PostgresHeartbeat"/>).
/// </summary>
/// <param name="requirePrepared">Throws until the database is prepared.</param>
internal sealed class PostgresReaders(
    NpgsqlConnectionStringBuilder settings, PostgresHeartbeat heartbeat, PostgresShares shares, Action requirePrepared) : IDisposable
{
    private readonly PostgresCancellation cancellation = new(settings);
    private volatile PostgresProcesses processes = new();
    private volatile NpgsqlDataSource dataSource = PostgresSettings.Pool(settings);

    /// <summary>Reads a few rows by their keys.</summary>
    /// <exception cref="StorageException">The read failed, the server cannot be reached, or too many reads are in progress.</exception>
    public ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(AllSites.Id, ReadExtent.Few, read, cancellationToken);

    /// <summary>Reads on a connection that is given back at the end.</summary>
    /// <exception cref="StorageException">The read failed, the server cannot be reached, or too many reads are in progress.</exception>
    public async ValueTask<T> ReadAsync<T>(
        long siteId, ReadExtent extent, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var reader = await TakeAsync(siteId, extent, cancellationToken);
        return await reader.RunAsync(read, cancellationToken);
    }

    /// <summary>
    /// Takes a reader for rows that are read while their response is written. Dispose the reader to give its connection back.
    /// </summary>
    /// <exception cref="StorageException">The server cannot be reached, or too many reads are in progress.</exception>
    public async ValueTask<PostgresReader> TakeAsync(long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        requirePrepared();
        var silence = heartbeat.Require();
        var share = await TakeShareAsync(siteId, extent, silence, cancellationToken);
        try
        {
            var (connection, process) = await OpenAsync(silence);
            return new PostgresReader(connection, process, share, cancellation, silence);
        }
        catch (Exception error)
        {
            share.Dispose();
            if (silence.IsCancellationRequested)
                throw PostgresFaults.Silent();
            if (error is NpgsqlException or TimeoutException or SocketException)
                throw PostgresFaults.Unreachable(error);
            throw;
        }
    }

    /// <summary>
    /// Changes the settings of later connections. Earlier ones are closed, at the latest when their statements have ended.
    /// </summary>
    public void Renew(NpgsqlConnectionStringBuilder found)
    {
        dataSource.Dispose();
        dataSource = PostgresSettings.Pool(found);
        // Another server may assign the same numbers to other connections.
        processes = new PostgresProcesses();
        cancellation.Renew(found);
    }

    public void Dispose()
    {
        dataSource.Dispose();
        cancellation.Dispose();
    }

    private async ValueTask<PostgresShare> TakeShareAsync(
        long siteId, ReadExtent extent, CancellationToken silence, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence, cancellationToken);
        try
        {
            return await shares.TakeAsync(siteId, extent, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw PostgresFaults.Silent();
        }
    }

    /// <exception cref="OperationCanceledException">The database is silent.</exception>
    private async ValueTask<(NpgsqlConnection Connection, int Process)> OpenAsync(CancellationToken silence)
    {
        var opening = ThreadPoolContext.RunAsync(() => OpenAsync(dataSource, processes));
        try
        {
            return await opening.WaitAsync(silence);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            _ = CloseAsync(opening);
            throw;
        }
    }

    private static async Task<(NpgsqlConnection Connection, int Process)> OpenAsync(NpgsqlDataSource source, PostgresProcesses known)
    {
        var connection = await source.OpenConnectionAsync(CancellationToken.None);
        try
        {
            return (connection, await known.OfAsync(connection));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task CloseAsync(Task<(NpgsqlConnection Connection, int Process)> opening)
    {
        var (opened, _) = await opening;
        await opened.DisposeAsync();
    }
}
