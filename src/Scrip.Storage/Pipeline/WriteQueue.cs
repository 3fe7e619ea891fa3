namespace Scrip.Storage.Pipeline;

/// <summary>What waits to be written: bounded by the items in it, taken from by one thread.</summary>
internal sealed class WriteQueue(int maxItems)
{
    private readonly object gate = new();
    private readonly LinkedList<PendingWrite> writes = new();
    private readonly Queue<Action> probes = new();
    private int items;
    private bool closed;

    public void Add(PendingWrite write)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            // A command heavier than the bound itself is let in when nothing else waits; the size of calls is limited elsewhere.
            if (items > 0 && items + Math.Max(write.Command.Weight, 1) > maxItems)
                throw new StorageException(StorageFault.Busy, "More writes are waiting than may wait.");
            items += Math.Max(write.Command.Weight, 1);
            writes.AddLast(write);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Back to the head of the queue, whatever its bound says, and after it was closed too: they were let in before.</summary>
    public void Return(IReadOnlyList<PendingWrite> taken)
    {
        lock (gate)
        {
            for (var at = taken.Count - 1; at >= 0; at--)
            {
                items += Math.Max(taken[at].Command.Weight, 1);
                writes.AddFirst(taken[at]);
            }
        }
    }

    public void Add(Action probe)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            probes.Enqueue(probe);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for something to do; null after the queue was closed and emptied.</summary>
    public Taken? Take(int maxGroupItems)
    {
        lock (gate)
        {
            while (writes.Count + probes.Count == 0)
            {
                if (closed)
                    return null;
                Monitor.Wait(gate);
            }
            var taken = new Taken([], [.. probes]);
            probes.Clear();
            for (var weight = 0; writes.First?.Value is { } next; writes.RemoveFirst())
            {
                weight += Math.Max(next.Command.Weight, 1);
                if (taken.Writes.Count > 0 && weight > maxGroupItems)
                    break;
                items -= Math.Max(next.Command.Weight, 1);
                taken.Writes.Add(next);
            }
            return taken;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    private void RefuseWhenClosed()
    {
        if (closed)
            throw new StorageException(StorageFault.Unavailable, "The server is shutting down.");
    }

    internal sealed record Taken(List<PendingWrite> Writes, List<Action> Probes);
}
