using Microsoft.Extensions.Logging;

namespace Scrip.Server.Hosting;

/// <summary>
/// Returns the memory of large calls to the system once the server is idle. The collector keeps its memory until the next collection, which
/// may take hours on a server that allocates little.
/// </summary>
internal sealed class MemoryReturn(TimeProvider time, ILogger<MemoryReturn> logger) : BackgroundJob(Interval, Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A collection stops all threads, so it waits for an interval with fewer allocations than this.</summary>
    private const long QuietBytes = 32 << 20;

    /// <summary>Returning less than this is not worth a pause.</summary>
    private const long WorthBytes = 32 << 20;

    private long allocated = GC.GetTotalAllocatedBytes();
    private long kept = Committed;

    private static long Committed => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;

    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var before = allocated;
        allocated = GC.GetTotalAllocatedBytes();
        // What was in use at the last collection may have been freed by the runtime since.
        kept = Math.Min(kept, Committed);
        if (allocated - before < QuietBytes && Committed - kept > WorthBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            kept = Committed;
        }
        return Task.CompletedTask;
    }
}
