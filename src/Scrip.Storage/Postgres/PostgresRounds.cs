using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// What is asked of all sites again and again. On a cluster one node is asked at a time, the next one the next time, and only about the
/// shards that it has: the work of a round does not grow with the nodes, and one that is away keeps nobody else from being asked.
/// </summary>
internal sealed class PostgresRounds(PostgresNodes nodes)
{
    private int holdsTurn;
    private int newestTurn;

    /// <summary>
    /// See <see cref="IStore.ReadSitesWithOverdueHoldsAsync"/>: those of the node whose turn it is. Of one that is away there are none to
    /// settle now, and readiness says that it is away.
    /// </summary>
    public async ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = await nodes.FindAllAsync(cancellationToken);
        var node = all[(int)((uint)Interlocked.Increment(ref holdsTurn) % all.Count)];
        try
        {
            return await node.Readers.ReadAsync<IReadOnlyList<long>>(
                async connection =>
                {
                    var tables = await TablesHereAsync(connection, "redemption");
                    return await ReadAsync(connection, tables, batch => batch.Add("redemption_overdue_sites").With(now));
                },
                cancellationToken);
        }
        catch (StorageException) when (all.Count > 1)
        {
            return [];
        }
    }

    /// <summary>
    /// See <see cref="IStore.ReadNewestEntryAtAsync"/>. The first time all nodes that can be reached are asked; after that what they have
    /// said is known, and what this process writes.
    /// </summary>
    public async ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken)
    {
        var all = await nodes.FindAllAsync(cancellationToken);
        var turn = Interlocked.Increment(ref newestTurn) - 1;
        var asked = turn == 0 ? all : [all[(int)((uint)turn % all.Count)]];
        StorageException? away = null;
        foreach (var node in asked)
        {
            try
            {
                nodes.NoteEntry(await ReadNewestEntryAtAsync(node, cancellationToken));
            }
            catch (StorageException fault)
            {
                away = fault;
            }
        }
        return away is null || all.Count > 1 ? Microseconds.ToInstant(nodes.NewestEntryAt) : throw away;
    }

    private async ValueTask<long> ReadNewestEntryAtAsync(PostgresNode node, CancellationToken cancellationToken)
    {
        var found = await node.Readers.ReadAsync(
            async connection =>
            {
                var tables = await TablesHereAsync(connection, "counter");
                return await ReadAsync(connection, tables, batch => batch.Add("counter_newest_entry"));
            },
            cancellationToken);
        return found.DefaultIfEmpty().Max();
    }

    /// <summary>A table by the names it has on the node that is asked.</summary>
    private async Task<IReadOnlyList<PostgresTables>> TablesHereAsync(NpgsqlConnection connection, string table)
    {
        if (!nodes.AreSeveral)
            return [PostgresTables.AsMade];
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("citus_shards_here").With(table);
        await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await row.AllAsync(row => PostgresTables.InShards(new Dictionary<string, long> { [table] = row.GetInt64(0) }));
    }

    private static async Task<List<long>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<PostgresTables> tables, Func<NpgsqlBatch, NpgsqlBatchCommand> add)
    {
        if (tables.Count == 0)
            return [];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var names in tables)
        {
            var command = add(batch);
            command.CommandText = names.In(command.CommandText);
        }
        await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
        var numbers = await row.AllAsync(static row => row.GetInt64(0));
        for (var at = 1; at < tables.Count; at++)
            numbers.AddRange(await row.NextAsync(static row => row.GetInt64(0)));
        return numbers;
    }
}
