namespace Scrip.Storage.Postgres;

/// <summary>Checks whether the servers take writes; on a cluster, each node separately.</summary>
internal sealed class PostgresProbes(PostgresNodes nodes)
{
    private volatile IReadOnlyList<string> nodesAway = [];

    /// <summary>See <see cref="IStore.NodesAway"/>.</summary>
    public IReadOnlyList<string> NodesAway => nodesAway;

    /// <summary>Runs the probe. Called by a writer thread.</summary>
    /// <exception cref="StorageException">No site can be served.</exception>
    public void Run(DateTimeOffset now)
    {
        var fault = Find(nodes.Named, writer => writer.Probe(now));
        if (!nodes.AreSeveral)
        {
            if (fault is not null)
                throw fault;
            return;
        }
        var all = nodes.FindAllAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var faults = all.Select(node => (Node: node, Fault: Find(node, static writer => writer.ProbeNode())))
            .Where(found => found.Fault is not null).ToList();
        var away = faults.Select(found => found.Node.Address);
        nodesAway = [.. fault is null ? away : away.Prepend(nodes.Named.Address).Distinct()];
        if (faults.Count == all.Count)
            throw faults[0].Fault!;
    }

    private static StorageException? Find(PostgresNode node, Action<PostgresWriter> probe)
    {
        try
        {
            node.Writers.Use(probe);
            return null;
        }
        catch (StorageException fault)
        {
            return fault;
        }
    }
}
