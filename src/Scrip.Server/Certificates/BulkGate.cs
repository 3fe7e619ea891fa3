using Microsoft.Extensions.Options;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Bounds the memory that bulk calls take together: only so many are read and carried out at once.</summary>
internal sealed class BulkGate(IOptions<ScripOptions> options) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.Value.MaxBulkCallsAtOnce);

    /// <exception cref="StorageException">All places are taken; nothing was read.</exception>
    public Place Enter()
    {
        if (!places.Wait(0))
            throw new StorageException(StorageFault.Busy, "As many bulk calls are under way as may be.");
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    public readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
