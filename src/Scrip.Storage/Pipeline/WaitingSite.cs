namespace Scrip.Storage.Pipeline;

/// <summary>What waits of a site, in the order in which it came. Guarded by the lock of its <see cref="WriteQueue"/>.</summary>
internal sealed class WaitingSite
{
    public WaitingSite(long id, ServerLoad server)
    {
        Id = id;
        Server = server;
        Turn = new LinkedListNode<WaitingSite>(this);
    }

    public long Id { get; }

    /// <summary>The one it was written on when it began to wait.</summary>
    public ServerLoad Server { get; }

    /// <summary>Its place among the sites that have a turn, if it is in that list.</summary>
    public LinkedListNode<WaitingSite> Turn { get; }

    public LinkedList<PendingWrite> Grouped { get; } = new();
    public LinkedList<PendingWrite> Large { get; } = new();

    /// <summary>A writer has taken something of it, and has not ended yet.</summary>
    public bool IsTaken { get; set; }

    /// <summary>What was taken last was a large command.</summary>
    public bool WasLarge { get; set; }

    public bool IsLargeNext => Large.Count > 0 && (!WasLarge || Grouped.Count == 0);

    /// <summary>Run when what is taken has ended.</summary>
    public List<Action> AtEnd { get; } = [];
}
