using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>The connections that read, apart from the one that writes. A list keeps its own until its response has ended.</summary>
internal sealed class PostgresReaders(NpgsqlDataSource dataSource, int atOnce) : IDisposable
{
    /// <summary>As many as the pool has connections: nobody waits inside the driver, whose refusal looks like an outage.</summary>
    private readonly ReadPlaces places = new(atOnce, wholeListsAtOnce: Math.Max(1, atOnce * 3 / 4));

    /// <exception cref="StorageException">The server cannot be reached, or too much is being read.</exception>
    public async ValueTask<PostgresReader> TakeAsync(bool forWholeList, CancellationToken cancellationToken)
    {
        await places.TakeAsync(forWholeList, cancellationToken);
        try
        {
            var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            return new PostgresReader(connection, () => places.GiveBack(forWholeList));
        }
        catch (Exception error)
        {
            places.GiveBack(forWholeList);
            if (error is NpgsqlException or TimeoutException)
                throw PostgresFaults.Unreachable(error);
            throw;
        }
        finally
        {
            await SocketsThread.LeaveAsync();
        }
    }

    public void Dispose() => dataSource.Dispose();
}

/// <summary>A connection that reads; dispose of it to give it back.</summary>
internal sealed class PostgresReader(NpgsqlConnection connection, Action giveBack) : IDisposable, IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public void Dispose()
    {
        connection.Dispose();
        giveBack();
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await SocketsThread.LeaveAsync();
        giveBack();
    }
}
