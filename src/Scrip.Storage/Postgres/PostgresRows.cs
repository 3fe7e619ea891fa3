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
    /// <summary>The rows of a short list come in fewer messages.</summary>
    private const int WaitsBeforeGathering = 8;

    /// <summary>
    /// The server sends 8 KiB at a time, and to be woken for each piece costs both sides more than to read it: what gathers meanwhile is
    /// read without a wait (docs/decisions/0025-rows-gather.md).
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private bool hasEnded;
    private int waits;

    public TRow Current => read(row);
    public CancellationToken Cut => CancellationToken.None;

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
            if (isLong && !hasEnded && ++waits > WaitsBeforeGathering)
                await Task.Delay(Gathering, CancellationToken.None);
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
