namespace Scrip.Storage.Pipeline;

/// <summary>
/// What waits for one server of the store and is under way there: each has its own bounds, so that one that is away or slow takes no room
/// and no writer from the others. Guarded by the lock of its <see cref="WriteQueue"/>.
/// </summary>
internal sealed class ServerLoad
{
    /// <summary>Not a property, so that the queue can add to it.</summary>
    public int GroupedItems;
    public int LargeItems;

    /// <summary>Of its writers, those that have taken something.</summary>
    public int UnderWay { get; set; }

    /// <summary>Of those, the ones that have taken a large command.</summary>
    public int LargeUnderWay { get; set; }
}
