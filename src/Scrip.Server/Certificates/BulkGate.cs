using Microsoft.Extensions.Options;
using Scrip.Server.Hosting;
using Scrip.Server.Writes;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>
/// Limits the memory that bulk calls use together: only a certain number of large ones are read and executed at once. A site takes at most
/// half of the places that the others have left, so that one or two sites with slow clients leave places for the rest: of eight places the
/// first site can have four, the second two, the next two one each. bulk-create is also the only way to create a single certificate, so a
/// small call needs no place.
/// </summary>
internal sealed class BulkGate(IOptions<ScripOptions> options)
{
    /// <summary>
    /// A buffer up to this size needs no place. It is about what an update of one certificate may take, which needs no place either.
    /// </summary>
    private const int SmallBufferBytes = 128 * 1024;

    /// <summary>About as many as such a body has.</summary>
    private const int SmallItems = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<long, int> takenBySite = [];
    private readonly int atOnce = options.Value.MaxBulkCallsAtOnce;
    private readonly int maxBytes = options.Value.MaxBulkBytes;
    private int taken;

    public int MaxItems { get; } = options.Value.MaxBulkItems;

    /// <summary>Creates the place of one call, which is taken when its body turns out to be large.</summary>
    public Place Approach(long siteId) => new(this, siteId);

    private bool TryTake(long siteId)
    {
        lock (gate)
        {
            var ofSite = takenBySite.GetValueOrDefault(siteId);
            if (ofSite >= atOnce - taken)
                return false;
            takenBySite[siteId] = ofSite + 1;
            taken++;
            return true;
        }
    }

    private void GiveBack(long siteId)
    {
        lock (gate)
        {
            taken--;
            if (--takenBySite[siteId] == 0)
                takenBySite.Remove(siteId);
        }
    }

    public sealed class Place(BulkGate gate, long siteId) : IDisposable
    {
        private bool isTaken;

        /// <summary>The form of a bulk call, which takes this place if its body is large.</summary>
        public WriteForm Form => new(gate.maxBytes) { BeforeRenting = TakeFor };

        public void Dispose()
        {
            if (isTaken)
                gate.GiveBack(siteId);
            isTaken = false;
        }

        /// <summary>Takes a place for a call that makes many items of a small body.</summary>
        /// <exception cref="StorageException">All places, or all of the site's places, are taken; nothing was stored.</exception>
        public void TakeForItems(int count)
        {
            if (count > SmallItems)
                Take();
        }

        /// <exception cref="StorageException">All places, or all of the site's places, are taken; nothing was stored.</exception>
        private void TakeFor(int bufferBytes)
        {
            if (bufferBytes > SmallBufferBytes)
                Take();
        }

        private void Take()
        {
            if (isTaken)
                return;
            isTaken = gate.TryTake(siteId);
            if (!isTaken)
                throw new StorageException(StorageFault.Busy, "Too many large bulk calls are in progress.");
        }
    }
}
