using System.Net.Sockets;
using Npgsql;
using Scrip.Storage.Reads;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The connections that read, apart from the one that writes. No other class can reach them, so that every read runs in
/// <see cref="ThreadPoolContext"/>.
/// </summary>
/// <param name="requirePrepared">Throws while the database is not prepared.</param>
internal sealed class PostgresReaders(NpgsqlDataSource dataSource, int atOnce, TimeSpan longestList, Action requirePrepared) : IDisposable
{
    /// <summary>As many as the pool has connections: nobody waits inside the driver, whose refusal looks like an outage.</summary>
    private readonly ReadPlaces places = new(atOnce, wholeListsAtOnce: Math.Max(1, atOnce * 3 / 4));

    /// <summary>Of the whole lists. However many of a site's stall, other sites find places.</summary>
    private readonly ListPlaces lists = new(Math.Max(1, atOnce * 3 / 4), perSite: Math.Max(1, atOnce / 2), longestList);

    /// <summary>Reads on a connection that is given back at the end.</summary>
    /// <exception cref="StorageException">The read failed, the server cannot be reached, or too much is being read.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var reader = await TakeAsync(siteId: 0, forWholeList: false, cancellationToken);
        return await reader.RunAsync(read);
    }

    /// <summary>For rows that are read while their response is written; dispose of the reader to give its connection back.</summary>
    /// <exception cref="StorageException">The server cannot be reached, or too much is being read.</exception>
    public async ValueTask<PostgresReader> TakeAsync(long siteId, bool forWholeList, CancellationToken cancellationToken)
    {
        requirePrepared();
        var list = forWholeList ? await lists.TakeAsync(siteId, cancellationToken) : null;
        try
        {
            await places.TakeAsync(forWholeList, cancellationToken);
        }
        catch
        {
            list?.Dispose();
            throw;
        }
        try
        {
            var connection = await ThreadPoolContext.RunAsync(() => dataSource.OpenConnectionAsync(cancellationToken).AsTask());
            return new PostgresReader(connection, GiveBack, list?.Cut ?? CancellationToken.None);
        }
        catch (Exception error)
        {
            GiveBack();
            if (error is NpgsqlException or TimeoutException or SocketException)
                throw PostgresFaults.Unreachable(error);
            throw;
        }

        void GiveBack()
        {
            places.GiveBack(forWholeList);
            list?.Dispose();
        }
    }

    public void Dispose() => dataSource.Dispose();
}

/// <summary>A connection that reads, for one caller at a time.</summary>
internal sealed class PostgresReader(NpgsqlConnection connection, Action giveBack, CancellationToken cut) : IAsyncDisposable
{
    /// <summary>See <see cref="IRows{TRow}.Cut"/>.</summary>
    public CancellationToken Cut => cut;

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
            giveBack();
        }
    }
}
