namespace Scrip.Storage.Pipeline;

/// <summary>
/// What waits to be written, by site. A site is with one writer at a time, and the sites take turns: whatever holds up one of them, or
/// however much it sends, the others wait for a writer that is free. A site's large commands and its other ones take turns too: a payment
/// waits for one large command at most.
/// </summary>
/// <param name="maxItems">
/// Bounds what waits for a server in large commands, and what waits in the others: the ones leave room for the others.
/// </param>
/// <param name="maxGroupItems">A command with more items than this is large, and is taken alone.</param>
/// <param name="writersOfServer">Groups of so many sites of one server may be under way at once.</param>
/// <param name="maxLargeAtOnce">Large commands of so many sites of one server may be under way at once.</param>
/// <param name="sharesCommits">A writer takes what waits of several sites, for one commit.</param>
internal sealed class WriteQueue(int maxItems, int maxGroupItems, int writersOfServer, int maxLargeAtOnce, bool sharesCommits)
{
    private readonly object gate = new();
    private readonly Dictionary<long, WaitingSite> sites = [];
    private readonly Dictionary<int, ServerLoad> servers = [];

    /// <summary>Sites of which something waits and nothing is being written, in the order of their turns.</summary>
    private readonly LinkedList<WaitingSite> turns = new();
    private readonly Queue<Action> probes = new();
    private bool wasLarge;
    private bool closed;

    /// <param name="server">The number of the one that its site is written on.</param>
    /// <exception cref="StorageException">As much waits as may, or the queue is closed.</exception>
    public void Add(PendingWrite write, int server)
    {
        lock (gate)
        {
            RefuseWhenClosed();
            // A command heavier than the bound itself is let in when nothing else waits; the size of calls is limited elsewhere.
            var site = SiteOf(write.Command.SiteId, server);
            ref var items = ref ItemsOf(site, write);
            if (items > 0 && items + write.Weight > maxItems)
            {
                RemoveIdle(site);
                throw new StorageException(StorageFault.Busy, "More writes are waiting than may wait.");
            }
            items += write.Weight;
            LineOf(site, write).AddLast(write);
            if (Offer(site))
                Monitor.Pulse(gate);
        }
    }

    /// <summary>Back to the head of their lines, also when these are full or the queue is closed: they were let in before.</summary>
    /// <param name="taken">Of a site that the caller has taken.</param>
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

    /// <summary>For whichever writer is free first.</summary>
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
    /// Runs an action when what was taken of a site has ended, at once if nothing is under way, and before anything more of it is taken.
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

    /// <summary>Waits for something to do; null after the queue was closed and emptied.</summary>
    /// <param name="done">What the caller took before, and has ended.</param>
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

    /// <summary>After a large command come others, if there are some: where there is one writer, all of them have waited for it.</summary>
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

    /// <summary>As many as fit in a group; one at least.</summary>
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

        // A site whose large command is next keeps its place for that.
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

    /// <summary>Returns whether the site has got a turn.</summary>
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

    /// <param name="Groups">Each of one site, that nobody else is given meanwhile.</param>
    /// <param name="Probe">Instead of groups.</param>
    internal sealed record Taken(IReadOnlyList<IReadOnlyList<PendingWrite>> Groups, bool IsLarge, Action? Probe)
    {
        /// <summary>The one that has a writer less meanwhile; null for a probe.</summary>
        public ServerLoad? Server { get; init; }
    }
}
