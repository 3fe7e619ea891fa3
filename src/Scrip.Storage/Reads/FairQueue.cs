namespace Scrip.Storage.Reads;

/// <summary>
/// Waiting items by site. The sites take turns, so that a site with many waiting items delays another by one item at most. The caller
/// locks.
/// </summary>
/// <param name="atOnce">How many items may be in progress.</param>
/// <param name="perSite">How many items of one site may be in progress.</param>
/// <param name="waitingPerSite">How many items of one site may wait.</param>
internal sealed class FairQueue<T>(int atOnce, int perSite, int waitingPerSite)
{
    private readonly Dictionary<long, Site> sites = [];

    /// <summary>The sites whose next item may be taken, in the order of their turns.</summary>
    private readonly LinkedList<Site> turns = new();

    private int taken;

    /// <summary>Returns the item's place in the queue; null if the site already has too many.</summary>
    /// <param name="isBegun">Whether the item continues earlier work; then it is never refused.</param>
    public LinkedListNode<T>? Add(long siteId, T item, bool isBegun = false)
    {
        if (!sites.TryGetValue(siteId, out var site))
            sites.Add(siteId, site = new Site(siteId));
        if (!isBegun && site.Waiting.Count >= waitingPerSite)
            return null;
        var place = site.Waiting.AddLast(item);
        Update(site);
        return place;
    }

    /// <summary>Returns false if the item has already been taken.</summary>
    public bool Remove(long siteId, LinkedListNode<T> place)
    {
        if (place.List is null)
            return false;
        var site = sites[siteId];
        site.Waiting.Remove(place);
        Update(site);
        return true;
    }

    /// <summary>Takes the next item; call <see cref="End"/> when the item is done.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        item = default;
        if (taken == atOnce || turns.First?.Value is not { } site)
            return false;
        item = site.Waiting.First!.Value;
        site.Waiting.RemoveFirst();
        site.Taken++;
        taken++;
        turns.RemoveFirst();
        site.HasTurn = false;
        Update(site);
        return true;
    }

    public void End(long siteId)
    {
        var site = sites[siteId];
        site.Taken--;
        taken--;
        Update(site);
    }

    private void Update(Site site)
    {
        var isReady = site.Waiting.Count > 0 && site.Taken < perSite;
        if (isReady && !site.HasTurn)
            turns.AddLast(site);
        else if (!isReady && site.HasTurn)
            turns.Remove(site);
        site.HasTurn = isReady;
        if (site.Waiting.Count + site.Taken == 0)
            sites.Remove(site.Id);
    }

    private sealed class Site(long id)
    {
        public long Id => id;
        public LinkedList<T> Waiting { get; } = new();
        public int Taken { get; set; }
        public bool HasTurn { get; set; }
    }
}
