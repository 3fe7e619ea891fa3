using System.Net.Sockets;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that read, apart from the one that writes. No other class can reach them, so that every read runs in
/// <see cref="ThreadPoolContext"/>.
/// </summary>
/// <param name="requirePrepared">Throws while the database is not prepared.</param>
internal sealed class PostgresReaders(NpgsqlDataSource dataSource, PostgresShares shares, Action requirePrepared) : IDisposable
{
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
        return await reader.RunAsync(read);
    }

    /// <summary>For rows that are read while their response is written; dispose of the reader to give its connection back.</summary>
    /// <exception cref="StorageException">The server cannot be reached, or too much is being read.</exception>
    public async ValueTask<PostgresReader> TakeAsync(long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        requirePrepared();
        var share = await shares.TakeAsync(siteId, extent, cancellationToken);
        try
        {
            var connection = await ThreadPoolContext.RunAsync(() => dataSource.OpenConnectionAsync(cancellationToken).AsTask());
            return new PostgresReader(connection, share);
        }
        catch (Exception error)
        {
            share.Dispose();
            if (error is NpgsqlException or TimeoutException or SocketException)
                throw PostgresFaults.Unreachable(error);
            throw;
        }
    }

    public void Dispose() => dataSource.Dispose();
}

/// <summary>A connection that reads, for one caller at a time.</summary>
internal sealed class PostgresReader(NpgsqlConnection connection, PostgresShare share) : IAsyncDisposable
{
    /// <summary>See <see cref="IRows{TRow}.Cut"/>.</summary>
    public CancellationToken Cut => share.Cut;

    /// <exception cref="StorageException">The database could not carry the read out.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        try
        {
            return await ThreadPoolContext.RunAsync(() => read(connection));
        }
        catch (NpgsqlException error)
        {
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
