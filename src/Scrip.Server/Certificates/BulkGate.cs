using Microsoft.Extensions.Options;
using Scrip.Server.Hosting;
using Scrip.Server.Writes;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>
/// Bounds the memory that bulk calls take together: only so many large ones are read and carried out at once. One site takes at most half
/// of the places that the others have left, so that a site whose clients send slowly, or two of them, leave places for the rest: of eight
/// the first can have four, the second two, the next two one each. bulk-create is also the one way to create a single certificate, so a
/// small call needs no place.
/// </summary>
internal sealed class BulkGate(IOptions<ScripOptions> options)
{
    /// <summary>About what an update of one may take, for which there are no places either.</summary>
    private const int SmallBufferBytes = 128 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<long, int> takenBySite = [];
    private readonly int atOnce = options.Value.MaxBulkCallsAtOnce;
    private readonly int maxBytes = options.Value.MaxBulkBytes;
    private int taken;

    public int MaxItems { get; } = options.Value.MaxBulkItems;

    /// <summary>For one call, which takes a place when its body turns out to be large.</summary>
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

        /// <summary>The form of a bulk call, whose body has this place if it is large.</summary>
        public WriteForm Form => new(gate.maxBytes) { BeforeRenting = TakeFor };

        public void Dispose()
        {
            if (isTaken)
                gate.GiveBack(siteId);
            isTaken = false;
        }

        /// <exception cref="StorageException">All places are taken, or the site's share of them; nothing was stored.</exception>
        private void TakeFor(int bufferBytes)
        {
            if (isTaken || bufferBytes <= SmallBufferBytes)
                return;
            isTaken = gate.TryTake(siteId);
            if (!isTaken)
                throw new StorageException(StorageFault.Busy, "As many large bulk calls are under way as may be.");
        }
    }
}
