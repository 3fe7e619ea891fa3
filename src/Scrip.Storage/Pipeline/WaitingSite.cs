namespace Scrip.Storage.Pipeline;

/// <summary>The waiting commands of one site, in order of arrival. Guarded by the lock of its <see cref="WriteQueue"/>.</summary>
internal sealed class WaitingSite
{
    public WaitingSite(long id, ServerLoad server)
    {
        Id = id;
        Server = server;
        Turn = new LinkedListNode<WaitingSite>(this);
    }

    public long Id { get; }

    /// <summary>The server that stored the site when it began to wait.</summary>
    public ServerLoad Server { get; }

    /// <summary>The site's node in the list of turns, whether or not it is in the list.</summary>
    public LinkedListNode<WaitingSite> Turn { get; }

    public LinkedList<PendingWrite> Grouped { get; } = new();
    public LinkedList<PendingWrite> Large { get; } = new();

    /// <summary>Whether a writer has taken commands of the site and is not done with them.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether the last command taken was a large one.</summary>
    public bool WasLarge { get; set; }

    public bool IsLargeNext => Large.Count > 0 && (!WasLarge || Grouped.Count == 0);

    /// <summary>Actions to run when the commands that were taken are done.</summary>
    public List<Action> AtEnd { get; } = [];
}
