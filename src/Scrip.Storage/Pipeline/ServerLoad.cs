namespace Scrip.Storage.Pipeline;

/// <summary>
/// The waiting and running work of one server of the store. Each server has its own limits, so that a slow or unavailable one takes no room
/// and no writers from the others. Guarded by the lock of its <see cref="WriteQueue"/>.
/// </summary>
internal sealed class ServerLoad
{
    /// <summary>
    /// The number of waiting items in commands that fit a group. It is a field so that the queue can add to it by reference.
    /// </summary>
    public int GroupedItems;
    public int LargeItems;

    /// <summary>How many of the server's writers are busy.</summary>
    public int UnderWay { get; set; }

    /// <summary>How many of the busy writers are running a large command.</summary>
    public int LargeUnderWay { get; set; }
}
