namespace Scrip.Storage;

/// <summary>
/// How many read at once. A whole list takes as long as its reader likes: however many of them stall, the other reads find places.
/// </summary>
#pragma warning disable CA1001 // Semaphores hold nothing, and a list that outlives its store gives its place back later.
internal sealed class ReadPlaces(int atOnce, int wholeListsAtOnce)
#pragma warning restore CA1001
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(atOnce, atOnce);
    private readonly SemaphoreSlim wholeListPlaces = new(wholeListsAtOnce, wholeListsAtOnce);

    /// <exception cref="StorageException">Nobody gave a place back in time.</exception>
    public async ValueTask TakeAsync(bool forWholeList, CancellationToken cancellationToken)
    {
        if (forWholeList)
            await WaitAsync(wholeListPlaces, "As many whole lists are being read as may be, and none ended in time.", cancellationToken);
        try
        {
            await WaitAsync(places, "As many reads are under way as may be, and none ended in time.", cancellationToken);
        }
        catch
        {
            if (forWholeList)
                wholeListPlaces.Release();
            throw;
        }
    }

    public void GiveBack(bool fromWholeList)
    {
        places.Release();
        if (fromWholeList)
            wholeListPlaces.Release();
    }

    private static async ValueTask WaitAsync(SemaphoreSlim places, string inVain, CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(LongestWait, cancellationToken))
            throw new StorageException(StorageFault.Busy, inVain);
    }
}
