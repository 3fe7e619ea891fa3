using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A running query on its own connection. It is one statement without a cursor, so that nothing outlives the response.</summary>
internal sealed class PostgresRows<TRow> : IRows<TRow>
    where TRow : allows ref struct
{
    /// <summary>After how many waits rows are gathered. A short list arrives in fewer messages.</summary>
    private const int WaitsBeforeGathering = 8;

    /// <summary>
    /// How long rows gather. The server sends 8 KiB at a time, and waking up for each piece costs both sides more than reading it; the rows
    /// that gather meanwhile are read without a wait (docs/decisions/0025-rows-gather.md).
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private static readonly CancellationToken AlreadyLeft = new(canceled: true);

    private readonly PostgresReader reader;
    private readonly NpgsqlCommand command;
    private readonly NpgsqlDataReader row;
    private readonly Func<NpgsqlDataReader, TRow> read;
    private readonly bool isLong;
    private readonly bool keepReader;
    private bool hasEnded;
    private int waits;

    private PostgresRows(
        PostgresReader reader, NpgsqlCommand command, NpgsqlDataReader row, Func<NpgsqlDataReader, TRow> read, bool isLong, bool keepReader)
    {
        this.reader = reader;
        this.command = command;
        this.row = row;
        this.read = read;
        this.isLong = isLong;
        this.keepReader = keepReader;
    }

    /// <param name="isLong">Whether many rows may be left at disposal; then the server is told to stop.</param>
    /// <param name="keepReader">Whether the reader outlives the rows because it belongs to a snapshot.</param>
    public static async ValueTask<IRows<TRow>> OpenAsync(
        PostgresReader reader, long siteId, ComposedQuery query, Func<NpgsqlDataReader, TRow> read, bool isLong, bool keepReader,
        CancellationToken cancellationToken)
    {
        try
        {
            return await reader.RunAsync<IRows<TRow>>(
                async connection =>
                {
                    var command = PostgresStatements.CommandFor(connection, siteId, query);
                    try
                    {
                        var row = await command.ExecuteReaderAsync(CancellationToken.None);
                        return new PostgresRows<TRow>(reader, command, row, read, isLong, keepReader);
                    }
                    catch
                    {
                        await command.DisposeAsync();
                        throw;
                    }
                },
                cancellationToken);
        }
        catch when (!keepReader)
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public TRow Current => read(row);
    public CancellationToken Cut => reader.Cut;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // For rows that have already arrived, the driver does not check the token.
        cancellationToken.ThrowIfCancellationRequested();
        var reading = row.ReadAsync(CancellationToken.None);
        return reading.IsCompletedSuccessfully && reading.Result ? ValueTask.FromResult(true) : EndAsync(reading, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A reader that was left needs no clean-up: closing its connection ends the statement.
            if (reader.IsLeft)
                return;
            await reader.RunAsync(
                async _ =>
                {
                    await using (command)
                        await row.DisposeAsync();
                    return true;
                },
                isLong && !hasEnded ? AlreadyLeft : CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The statement has ended.
        }
        finally
        {
            if (!keepReader)
                await reader.DisposeAsync();
        }
    }

    /// <summary>Completes a read that did not find its row already buffered.</summary>
    private async ValueTask<bool> EndAsync(Task<bool> reading, CancellationToken cancellationToken)
    {
        hasEnded = !await reader.RunAsync(_ => reading, cancellationToken);
        if (isLong && !hasEnded && ++waits > WaitsBeforeGathering)
            await Task.Delay(Gathering, CancellationToken.None);
        return !hasEnded;
    }
}
