using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Repeated questions about all sites. On a cluster each round asks one node, in turn, and only about its own shards: the work of a round
/// does not grow with the number of nodes, and an unavailable node does not keep the others from being asked.
/// </summary>
internal sealed class PostgresRounds(PostgresNodes nodes)
{
    private int holdsTurn;
    private int newestTurn;

    /// <summary>
    /// See <see cref="IStore.ReadSitesWithOverdueHoldsAsync"/>: returns the sites of the node whose turn it is. An unavailable node has no
    /// sites that could be settled now, and readiness reports it.
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
    /// See <see cref="IStore.ReadNewestEntryAtAsync"/>. The first call asks all reachable nodes. After that their last values are known,
    /// and so is what this process writes.
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

    /// <summary>Returns a table by the names that it has on the current node.</summary>
    private async Task<IReadOnlyList<PostgresTables>> TablesHereAsync(NpgsqlConnection connection, string table)
    {
        if (!nodes.AreSeveral)
            return [PostgresTables.AsMade];
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("citus_shards_here").With(table);
        await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await row.AllAsync(row => PostgresTables.InShards(new Dictionary<string, long> { [table] = row.Integer(0) }));
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
        var numbers = await row.AllAsync(static row => row.Integer(0));
        for (var at = 1; at < tables.Count; at++)
            numbers.AddRange(await row.NextAsync(static row => row.Integer(0)));
        return numbers;
    }
}
