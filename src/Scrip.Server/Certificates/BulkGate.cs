using Microsoft.Extensions.Options;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>
/// Bounds the memory that bulk calls take together: only so many large ones are read and carried out at once. bulk-create is also the one way
/// to create a single certificate, so a small call needs no place.
/// </summary>
internal sealed class BulkGate(IOptions<ScripOptions> options) : IDisposable
{
    /// <summary>What an update of one may have, for which there are no places either.</summary>
    private const int SmallBytes = 64 * 1024;

    private readonly SemaphoreSlim places = new(options.Value.MaxBulkCallsAtOnce);

    /// <param name="bodyBytes">Null for a body that does not say its length: it may become large.</param>
    /// <exception cref="StorageException">All places are taken; nothing was read.</exception>
    public Place Enter(long? bodyBytes)
    {
        if (bodyBytes <= SmallBytes)
            return default;
        if (!places.Wait(0))
            throw new StorageException(StorageFault.Busy, "As many bulk calls are under way as may be.");
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    public readonly struct Place(SemaphoreSlim? places) : IDisposable
    {
        public void Dispose() => places?.Release();
    }
}
