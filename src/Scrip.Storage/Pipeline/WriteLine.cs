namespace Scrip.Storage.Pipeline;

/// <summary>Writes that wait, in the order in which they came; bounded by the items in them. Not safe for several threads.</summary>
internal sealed class WriteLine(int maxItems)
{
    private readonly LinkedList<PendingWrite> writes = new();
    private int items;

    public bool IsEmpty => writes.Count == 0;

    /// <exception cref="StorageException">The line is full.</exception>
    public void Add(PendingWrite write)
    {
        // A command heavier than the bound itself is let in when nothing else waits; the size of calls is limited elsewhere.
        if (items > 0 && items + WeightOf(write) > maxItems)
            throw new StorageException(StorageFault.Busy, "More writes are waiting than may wait.");
        items += WeightOf(write);
        writes.AddLast(write);
    }

    /// <summary>To the head of the line, also when it is full.</summary>
    public void Return(PendingWrite write)
    {
        items += WeightOf(write);
        writes.AddFirst(write);
    }

    /// <summary>Takes as many as fit in a group; one at least, unless none waits.</summary>
    public List<PendingWrite> Take(int maxGroupItems)
    {
        var taken = new List<PendingWrite>();
        for (var weight = 0; writes.First?.Value is { } next; writes.RemoveFirst())
        {
            weight += WeightOf(next);
            if (taken.Count > 0 && weight > maxGroupItems)
                break;
            items -= WeightOf(next);
            taken.Add(next);
        }
        return taken;
    }

    private static int WeightOf(PendingWrite write) => Math.Max(write.Command.Weight, 1);
}
