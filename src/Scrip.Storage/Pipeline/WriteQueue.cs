namespace Scrip.Storage.Pipeline;

/// <summary>
/// What waits to be written, taken from by one thread. Commands that are too large for a group wait in a line of their own, and the two
/// lines take turns: a payment waits for one large command at most, however many of them another site has sent.
/// </summary>
/// <param name="maxItems">Bounds each line: large commands leave room for the others.</param>
/// <param name="maxGroupItems">A command with more items than this is large, and is taken alone.</param>
internal sealed class WriteQueue(int maxItems, int maxGroupItems)
{
    private readonly object gate = new();
    private readonly WriteLine grouped = new(maxItems);
    private readonly WriteLine large = new(maxItems);
    private readonly Queue<Action> probes = new();
    private bool isLargeNext;
    private bool closed;

    public void Add(PendingWrite write)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            LineOf(write).Add(write);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Back to the head of their lines, also when these are full or the queue is closed: they were let in before.</summary>
    public void Return(IReadOnlyList<PendingWrite> taken)
    {
        lock (gate)
        {
            for (var at = taken.Count - 1; at >= 0; at--)
                LineOf(taken[at]).Return(taken[at]);
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
    public Taken? Take()
    {
        lock (gate)
        {
            while (grouped.IsEmpty && large.IsEmpty && probes.Count == 0)
            {
                if (closed)
                    return null;
                Monitor.Wait(gate);
            }
            var line = large.IsEmpty || (!isLargeNext && !grouped.IsEmpty) ? grouped : large;
            isLargeNext = line == grouped;
            var taken = new Taken(line.Take(maxGroupItems), [.. probes]);
            probes.Clear();
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

    private WriteLine LineOf(PendingWrite write) => write.Command.Weight > maxGroupItems ? large : grouped;

    internal sealed record Taken(List<PendingWrite> Writes, List<Action> Probes);
}
