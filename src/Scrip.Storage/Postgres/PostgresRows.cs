using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A running query on a connection of its own: one statement, no cursor, so that nothing outlives the response.</summary>
/// <param name="isLong">Many rows may be left when the reader goes: then the server is told to stop.</param>
/// <param name="reader">Given back with the rows; null where a snapshot keeps it.</param>
internal sealed class PostgresRows<TRow>(
    PostgresReader? reader, NpgsqlCommand command, NpgsqlDataReader row, Func<NpgsqlDataReader, TRow> read, bool isLong)
    : IRows<TRow>
    where TRow : allows ref struct
{
    private bool hasEnded;

    public TRow Current => read(row);

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // Of rows that have arrived the driver asks no token.
        cancellationToken.ThrowIfCancellationRequested();
        var reading = row.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully && reading.Result ? ValueTask.FromResult(true) : EndAsync(reading);
    }

    /// <summary>Whatever is not simply the next of many rows.</summary>
    private async ValueTask<bool> EndAsync(Task<bool> reading)
    {
        try
        {
            hasEnded = !await reading;
            return !hasEnded;
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Unreachable(error);
        }
        finally
        {
            await SocketsThread.LeaveAsync();
        }
    }

    public void Dispose()
    {
        if (isLong && !hasEnded)
            command.Cancel();
        row.Dispose();
        command.Dispose();
        reader?.Dispose();
    }
}
