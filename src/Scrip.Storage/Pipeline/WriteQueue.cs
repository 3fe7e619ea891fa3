namespace Scrip.Storage.Pipeline;

/// <summary>
/// The waiting writes, by site. A site is with one writer at a time, and the sites take turns: whatever blocks a site, or however much it
/// sends, other sites only wait for a free writer. A site's large and ordinary commands take turns too, so that a payment waits for one
/// large command at most.
/// </summary>
/// <param name="maxItems">
/// The limit for the items that wait for a server in large commands, and separately for those in ordinary commands.
/// </param>
/// <param name="maxGroupItems">A command with more items than this is large and is taken alone.</param>
/// <param name="writersOfServer">How many sites of one server may be written at once.</param>
/// <param name="maxLargeAtOnce">How many sites of one server may run large commands at once.</param>
/// <param name="sharesCommits">Whether a writer takes the waiting commands of several sites for one commit.</param>
internal sealed class WriteQueue(int maxItems, int maxGroupItems, int writersOfServer, int maxLargeAtOnce, bool sharesCommits)
{
    private readonly object gate = new();
    private readonly Dictionary<long, WaitingSite> sites = [];
    private readonly Dictionary<int, ServerLoad> servers = [];

    /// <summary>The sites that have waiting writes and none in progress, in the order of their turns.</summary>
    private readonly LinkedList<WaitingSite> turns = new();
    private readonly Queue<Action> probes = new();
    private bool wasLarge;
    private bool closed;

    /// <param name="server">The number of the server that stores the site.</param>
    /// <exception cref="StorageException">The limit of waiting items is reached, or the queue is closed.</exception>
    public void Add(PendingWrite write, int server)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            // A command that exceeds the limit by itself is accepted if nothing else waits; the size of calls is limited elsewhere.
            var site = SiteOf(write.Command.SiteId, server);
            ref var items = ref ItemsOf(site, write);
            if (items > 0 && items + write.Weight > maxItems)
            {
                RemoveIdle(site);
                throw new StorageException(StorageFault.Busy, "Too many writes are waiting.");
            }
            items += write.Weight;
            LineOf(site, write).AddLast(write);
            if (Offer(site))
                Monitor.Pulse(gate);
        }
    }

    /// <summary>
    /// Returns commands to the head of their queues, even if these are full or the queue is closed: the commands were accepted before.
    /// </summary>
    /// <param name="taken">Commands of a site that the caller has taken.</param>
    public void Return(IReadOnlyList<PendingWrite> taken)
    {
        lock (gate)
        {
            for (var at = taken.Count - 1; at >= 0; at--)
            {
                var site = sites[taken[at].Command.SiteId];
                ItemsOf(site, taken[at]) += taken[at].Weight;
                LineOf(site, taken[at]).AddFirst(taken[at]);
            }
        }
    }

    /// <summary>Adds a probe for the first free writer.</summary>
    /// <exception cref="StorageException">The queue is closed.</exception>
    public void Add(Action probe)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            probes.Enqueue(probe);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>
    /// Runs an action when the commands taken of a site are done and before any more are taken; at once if none are in progress.
    /// </summary>
    /// <exception cref="StorageException">The queue is closed.</exception>
    public void AfterTaken(long siteId, Action action)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            if (sites.TryGetValue(siteId, out var site) && site.IsTaken)
                site.AtEnd.Add(action);
            else
                action();
        }
    }

    /// <summary>Waits for work; null once the queue is closed and empty.</summary>
    /// <param name="done">The work that the caller took before and has finished.</param>
    public Taken? Take(Taken? done)
    {
        lock (gate)
        {
            if (done is not null)
                End(done);
            while (true)
            {
                var taken = probes.TryDequeue(out var probe) ? new Taken([], IsLarge: false, probe) : TakeTurn();
                if (taken is not null)
                {
                    // The next free writer takes the turn.
                    if (turns.Count > 0)
                        Monitor.Pulse(gate);
                    return taken;
                }
                if (closed)
                    return null;
                Monitor.Wait(gate);
            }
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

    /// <summary>
    /// Takes the next turn. After a large command the ordinary ones go first, if any: with a single writer all of them have waited for it.
    /// </summary>
    private Taken? TakeTurn()
    {
        if (wasLarge && turns.FirstOrDefault(site => HasWriter(site) && site.Grouped.Count > 0) is { } other)
            return TakeGroups(other);
        foreach (var site in turns.Where(HasWriter))
        {
            if (site.IsLargeNext && site.Server.LargeUnderWay < maxLargeAtOnce)
                return TakeLarge(site);
            if (site.Grouped.Count > 0)
                return TakeGroups(site);
        }
        return null;
    }

    private bool HasWriter(WaitingSite site) => site.Server.UnderWay < writersOfServer;

    private Taken TakeLarge(WaitingSite site)
    {
        var write = site.Large.First!.Value;
        site.Large.RemoveFirst();
        site.Server.LargeItems -= write.Weight;
        site.Server.LargeUnderWay++;
        site.Server.UnderWay++;
        MarkTaken(site, isLarge: true);
        return new Taken([[write]], IsLarge: true, Probe: null) { Server = site.Server };
    }

    /// <summary>Takes as many commands as fit in a group, at least one.</summary>
    private Taken TakeGroups(WaitingSite first)
    {
        var groups = new List<List<PendingWrite>>();
        var room = maxGroupItems;
        for (var site = first; site is not null; site = sharesCommits && room > 0 ? NextWithGroup() : null)
        {
            var group = new List<PendingWrite>();
            while (site.Grouped.First?.Value is { } next && (next.Weight <= room || (groups.Count == 0 && group.Count == 0)))
            {
                site.Grouped.RemoveFirst();
                site.Server.GroupedItems -= next.Weight;
                room -= next.Weight;
                group.Add(next);
            }
            if (group.Count == 0)
                break;
            MarkTaken(site, isLarge: false);
            groups.Add(group);
        }
        first.Server.UnderWay++;
        return new Taken(groups, IsLarge: false, Probe: null) { Server = first.Server };

        // A site whose next command is large keeps its turn for that command.
        WaitingSite? NextWithGroup() => turns.FirstOrDefault(site => site.Grouped.Count > 0 && !site.IsLargeNext);
    }

    private void MarkTaken(WaitingSite site, bool isLarge)
    {
        site.IsTaken = true;
        site.WasLarge = wasLarge = isLarge;
        turns.Remove(site.Turn);
    }

    private void End(Taken done)
    {
        if (done.Server is { } server)
        {
            server.UnderWay--;
            if (done.IsLarge)
                server.LargeUnderWay--;
        }
        foreach (var group in done.Groups)
        {
            var site = sites[group[0].Command.SiteId];
            site.IsTaken = false;
            site.AtEnd.ForEach(static action => action());
            site.AtEnd.Clear();
            if (!Offer(site))
                RemoveIdle(site);
        }
    }

    private void RemoveIdle(WaitingSite site)
    {
        if (!site.IsTaken && site.Grouped.Count + site.Large.Count == 0)
            sites.Remove(site.Id);
    }

    /// <summary>Returns whether the site got a turn.</summary>
    private bool Offer(WaitingSite site)
    {
        if (site.IsTaken || site.Turn.List is not null || site.Grouped.Count + site.Large.Count == 0)
            return false;
        turns.AddLast(site.Turn);
        return true;
    }

    private WaitingSite SiteOf(long id, int server)
    {
        if (sites.TryGetValue(id, out var site))
            return site;
        if (!servers.TryGetValue(server, out var load))
            servers.Add(server, load = new ServerLoad());
        sites.Add(id, site = new WaitingSite(id, load));
        return site;
    }

    private bool IsLarge(PendingWrite write) => write.Command.Weight > maxGroupItems;

    private LinkedList<PendingWrite> LineOf(WaitingSite site, PendingWrite write) => IsLarge(write) ? site.Large : site.Grouped;

    private ref int ItemsOf(WaitingSite site, PendingWrite write)
    {
        if (IsLarge(write))
            return ref site.Server.LargeItems;
        return ref site.Server.GroupedItems;
    }

    /// <param name="Groups">Groups of one site each, which no other writer gets in the meantime.</param>
    /// <param name="Probe">A probe to run instead of groups; otherwise null.</param>
    internal sealed record Taken(IReadOnlyList<IReadOnlyList<PendingWrite>> Groups, bool IsLarge, Action? Probe)
    {
        /// <summary>The server whose writer is busy with this work; null for a probe.</summary>
        public ServerLoad? Server { get; init; }
    }
}
