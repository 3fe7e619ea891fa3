using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>A running query on its own connection. It is one statement without a cursor, so that nothing outlives the response.</summary>
internal sealed class PostgresRows<TRow>(
    PostgresReader reader, NpgsqlBatch batch, NpgsqlDataReader row, Func<PostgresRow, TRow> read, long siteId, Selection selection,
    bool keepReader) : IRows<TRow>
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

    private readonly PostgresRow current = PostgresRow.Of(row);
    private bool hasEnded;
    private long taken;
    private int waits;

    public TRow Current => read(current);
    public long? Total { get; private set; }
    public CancellationToken Cut => reader.Cut;

    /// <summary>Whether many rows may be left at disposal; then the server is told to stop.</summary>
    private bool IsLong => selection.Extent == ReadExtent.Whole;

    /// <param name="keepReader">Whether the reader outlives the rows because it belongs to a snapshot.</param>
    public static async ValueTask<IRows<TRow>> OpenAsync(
        PostgresReader reader, long siteId, Selection selection, Func<PostgresRow, TRow> read, bool keepReader,
        CancellationToken cancellationToken)
    {
        try
        {
            return await reader.RunAsync<IRows<TRow>>(
                async connection =>
                {
                    var batch = new NpgsqlBatch(connection);
                    try
                    {
                        if (selection.Count is not null)
                            batch.Add("snapshot_begin");
                        batch.Add(siteId, selection.Rows);
                        var row = await batch.ExecuteReaderAsync(CancellationToken.None);
                        return new PostgresRows<TRow>(reader, batch, row, read, siteId, selection, keepReader);
                    }
                    catch
                    {
                        await batch.DisposeAsync();
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

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // For rows that have already arrived, the driver does not check the token.
        cancellationToken.ThrowIfCancellationRequested();
        var reading = row.ReadAsync(CancellationToken.None);
        if (!reading.IsCompletedSuccessfully || !reading.Result)
            return EndAsync(reading, cancellationToken);
        taken++;
        return ValueTask.FromResult(true);
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
                    await using (batch)
                        await row.DisposeAsync();
                    return true;
                },
                IsLong && !hasEnded ? AlreadyLeft : CancellationToken.None);
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
        if (hasEnded)
        {
            if (selection.Count is { } count)
                Total = count.KnownFrom(taken) ?? await reader.RunAsync(connection => CountAsync(connection, count), cancellationToken);
            return false;
        }
        taken++;
        if (IsLong && ++waits > WaitsBeforeGathering)
            await Task.Delay(Gathering, CancellationToken.None);
        return true;
    }

    /// <summary>Counts in the transaction in which the rows were read, and ends it.</summary>
    private async Task<long> CountAsync(NpgsqlConnection connection, PageCount count)
    {
        await row.DisposeAsync();
        await using var counting = new NpgsqlBatch(connection);
        counting.Add(siteId, count.Statement);
        counting.Add("transaction_rollback");
        return await counting.ExecuteScalarAsync(CancellationToken.None) is long number ? number : 0;
    }
}
