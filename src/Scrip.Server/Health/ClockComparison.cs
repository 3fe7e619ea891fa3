using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Health;

/// <summary>
/// Compares the clock with the dates of the journal. If the clock was set back, or ran ahead before, nothing stops: rules and entries go by
/// the current clock. The operator learns how far the newest entry lies ahead.
/// </summary>
internal sealed class ClockComparison(IStore store, TimeProvider time, ILogger<ClockComparison> logger)
{
    /// <summary>The clocks of several servers on one database differ by less than this.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private TimeSpan known;

    /// <summary>
    /// Returns how far the newest entry lies ahead of the clock; zero if it does not. Warns once when this begins, and again only if the
    /// clock is set back further.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public async Task<TimeSpan> MeasureAsync(CancellationToken cancellationToken)
    {
        var newest = await store.ReadNewestEntryAtAsync(cancellationToken);
        lock (gate)
        {
            var now = time.GetUtcNow();
            var lead = newest - now > Tolerance ? newest - now : TimeSpan.Zero;
            if (lead > known + Tolerance)
                LogMessages.ClockBehind(logger, (long)lead.TotalSeconds, newest, now);
            known = lead;
            return lead;
        }
    }
}
