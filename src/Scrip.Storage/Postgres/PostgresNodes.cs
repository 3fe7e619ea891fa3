using System.Collections.Concurrent;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Knows which server stores a site: the only one, or on a Citus cluster the node with the site's shard, according to the cluster's
/// catalogue. A place is kept until a write or a failure shows that it may have changed.
/// </summary>
internal sealed class PostgresNodes : IDisposable
{
    private readonly NpgsqlConnectionStringBuilder settings;
    private readonly TimeSpan longestList;
    private readonly PostgresPreparation preparation;
    private readonly PostgresPlace named;
    private readonly Lock gate = new();
    private long newestEntryAt;

    /// <summary>The workers by their addresses. The list is replaced, never changed.</summary>
    private volatile IReadOnlyList<PostgresNode> workers = [];
    private readonly ConcurrentDictionary<long, PostgresTables> tablesByAnchor = new();
    private readonly ConcurrentDictionary<long, PostgresPlace> places = new();

    public PostgresNodes(NpgsqlConnectionStringBuilder settings, TimeSpan longestList, PostgresPreparation preparation)
    {
        this.settings = settings;
        this.longestList = longestList;
        this.preparation = preparation;
        // Citus refuses a statement that is planned without its values (docs/decisions/0045-shards-by-name.md).
        var node = new PostgresNode(
            settings, longestList, plansOnce: () => !preparation.IsDistributed, preparation.Run, preparation.Require);
        named = new PostgresPlace(node, PostgresTables.AsMade);
    }

    /// <summary>The latest date of an entry that this process knows, in microseconds. The newest date of a site never goes back.</summary>
    public long NewestEntryAt => Interlocked.Add(ref newestEntryAt, 0);

    /// <summary>The server that the storage setting names. It has the sites and the tokens, on a cluster too.</summary>
    public PostgresNode Named => named.Node;

    public bool AreSeveral => preparation.IsDistributed;

    /// <summary>
    /// Finds where to write a group. A change of sites and tokens affects several nodes at once, so on a cluster it goes through the
    /// coordinator, which uses a two-phase commit when necessary.
    /// </summary>
    public async ValueTask<PostgresPlace> FindAsync(long siteId, GroupLookup lookup) =>
        lookup.Footprint.Access ? named : await FindAsync(siteId, CancellationToken.None);

    /// <summary>Finds the number of the server that stores a site. The last known number is good enough.</summary>
    public ValueTask<int> FindNumberAsync(long siteId, CancellationToken cancellationToken)
    {
        if (!AreSeveral)
            return ValueTask.FromResult(named.Node.Number);
        return places.TryGetValue(siteId, out var known) ? ValueTask.FromResult(known.Node.Number) : FindAsync();

        async ValueTask<int> FindAsync() => (await this.FindAsync(siteId, cancellationToken)).Node.Number;
    }

    /// <exception cref="StorageException">No node can be asked.</exception>
    public async ValueTask<PostgresPlace> FindAsync(long siteId, CancellationToken cancellationToken)
    {
        if (!AreSeveral)
            return named;
        if (places.TryGetValue(siteId, out var known) && !known.IsInDoubt)
            return known;
        var found = await AskAnyAsync(connection => ReadPlaceAsync(connection, siteId), cancellationToken);
        return places[siteId] = found;
    }

    /// <summary>Asks the node that stores the site. If the site turns out to have moved, asks once more at its new place.</summary>
    /// <exception cref="StorageException">The node cannot be reached, or the read failed.</exception>
    public async ValueTask<T> AskAsync<T>(long siteId, Func<PostgresPlace, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var place = await FindAsync(siteId, cancellationToken);
            try
            {
                return await ask(place);
            }
            catch (StorageException fault) when (fault.Fault != StorageFault.Busy)
            {
                Doubt(siteId, place);
                if (isAgain || !AreSeveral || fault.Fault != StorageFault.Interrupted)
                    throw;
            }
        }
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public ValueTask<T> ReadAsync<T>(
        long siteId, ReadExtent extent, Func<NpgsqlConnection, PostgresTables, Task<T>> read, CancellationToken cancellationToken) =>
        AskAsync(
            siteId,
            place => place.Node.Readers.ReadAsync(
                siteId,
                extent,
                async connection =>
                {
                    await place.Tables.RequireHereAsync(connection);
                    return await read(connection, place.Tables);
                },
                cancellationToken),
            cancellationToken);

    /// <summary>Takes a reader for rows that are read while their response is written.</summary>
    /// <inheritdoc cref="AskAsync{T}"/>
    public ValueTask<(PostgresReader Reader, PostgresTables Tables)> TakeAsync(
        long siteId, ReadExtent extent, CancellationToken cancellationToken) =>
        AskAsync(siteId, place => TakeAsync(place, siteId, extent, cancellationToken), cancellationToken);

    public void NoteEntry(DateTimeOffset at) => NoteEntry(Microseconds.From(at));

    public void NoteEntry(long at)
    {
        lock (gate)
            newestEntryAt = Math.Max(newestEntryAt, at);
    }

    /// <summary>Marks a place to be looked up again before the site is next used.</summary>
    public void Doubt(long siteId, PostgresPlace place) => places.TryUpdate(siteId, place with { IsInDoubt = true }, place);

    /// <summary>Finds all nodes that store sites, whether or not they can be reached.</summary>
    /// <exception cref="StorageException">No node can be asked.</exception>
    public async ValueTask<IReadOnlyList<PostgresNode>> FindAllAsync(CancellationToken cancellationToken)
    {
        if (!AreSeveral)
            return [Named];
        return await AskAnyAsync<IReadOnlyList<PostgresNode>>(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.Add("citus_nodes");
                await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
                return await row.AllAsync(row => NodeAt(row.Text(0), (int)row.Integer(1)));
            },
            cancellationToken);
    }

    public void Dispose()
    {
        Named.Dispose();
        foreach (var worker in workers)
            worker.Dispose();
    }

    private static async ValueTask<(PostgresReader Reader, PostgresTables Tables)> TakeAsync(
        PostgresPlace place, long siteId, ReadExtent extent, CancellationToken cancellationToken)
    {
        var reader = await place.Node.Readers.TakeAsync(siteId, extent, cancellationToken);
        try
        {
            if (place.Tables.Anchor is not null)
                await reader.RunAsync(place.Tables.RequireHereAsync, cancellationToken);
            return (reader, place.Tables);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks any node, because each has the whole catalogue: the coordinator first, then the others if it is unavailable.</summary>
    private async ValueTask<T> AskAnyAsync<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        foreach (var node in workers.Prepend(Named))
        {
            try
            {
                return await node.Readers.ReadAsync(ask, cancellationToken);
            }
            catch (StorageException) when (workers.Count > 0)
            {
                // The next node may be available.
            }
        }
        throw new StorageException(StorageFault.Unavailable, "No node of the cluster can tell where its sites are.");
    }

    private async Task<PostgresPlace> ReadPlaceAsync(NpgsqlConnection connection, long siteId)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("citus_place").With(siteId).With(PostgresTables.Distributed);
        await using var row = await batch.ExecuteReaderAsync(CancellationToken.None);
        var shards = await row.AllAsync(
            row => (Table: row.Text(0), Id: row.Integer(1), Host: row.Text(2), Port: (int)row.Integer(3)));
        if (shards.Count != PostgresTables.Distributed.Length || shards.Select(shard => (shard.Host, shard.Port)).Distinct().Count() != 1)
            throw new StorageException(StorageFault.Unavailable, "The cluster's catalogue does not name one node for the site.");
        var anchor = shards.Single(shard => shard.Table == "counter").Id;
        var tables = tablesByAnchor.GetOrAdd(
            anchor, _ => PostgresTables.InShards(shards.ToDictionary(shard => shard.Table, shard => shard.Id)));
        return new PostgresPlace(NodeAt(shards[0].Host, shards[0].Port), tables);
    }

    private PostgresNode NodeAt(string host, int port)
    {
        var node = PostgresSettings.Of(settings, host, port);
        lock (gate)
        {
            var known = workers.FirstOrDefault(worker => worker.Address == PostgresNode.AddressOf(node));
            if (known is null)
            {
                known = new PostgresNode(
                    node, longestList, plansOnce: static () => true, prepare: static () => { }, requirePrepared: static () => { })
                {
                    Number = workers.Count + 1,
                };
                known.Watch(host, port);
                workers = [.. workers, known];
            }
            return known;
        }
    }
}
