using Microsoft.Extensions.Options;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>
/// Bounds the memory that bulk calls take together: only so many large ones are read and carried out at once. bulk-create is also the one way
/// to create a single certificate, so a small call needs no place.
/// </summary>
internal sealed class BulkGate(IOptions<ScripOptions> options) : IDisposable
{
    /// <summary>About what an update of one may take, for which there are no places either.</summary>
    private const int SmallBufferBytes = 128 * 1024;

    private readonly SemaphoreSlim places = new(options.Value.MaxBulkCallsAtOnce);

    /// <summary>For one call, which takes a place when its body turns out to be large.</summary>
    public Place Approach() => new(places);

    public void Dispose() => places.Dispose();

    public sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private bool taken;

        /// <summary>Called before a buffer of this size is rented for the body.</summary>
        /// <exception cref="StorageException">All places are taken; nothing was stored.</exception>
        public void TakeFor(int bufferBytes)
        {
            if (taken || bufferBytes <= SmallBufferBytes)
                return;
            taken = places.Wait(0);
            if (!taken)
                throw new StorageException(StorageFault.Busy, "As many large bulk calls are under way as may be.");
        }

        public void Dispose()
        {
            if (taken)
                places.Release();
            taken = false;
        }
    }
}
