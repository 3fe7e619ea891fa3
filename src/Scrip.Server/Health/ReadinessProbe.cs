using Scrip.Server.Auth;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Health;

/// <summary>
/// Lets the writer write, and compares the clock with the journal. The disk is asked at most once a second, and all callers that wait share
/// the result.
/// </summary>
internal sealed class ReadinessProbe(
    WritePipeline pipeline, AccessDirectory directory, ClockComparison clock, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>A writer that is busy for longer than this is not ready, whatever the reason.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<TimeSpan>? latest;
    private long startedAt;

    /// <summary>Returns how far the newest entry lies ahead of the clock; zero if it does not.</summary>
    /// <exception cref="StorageException">The store takes no writes, at least not now.</exception>
    public async Task<TimeSpan> RunAsync()
    {
        try
        {
            var ahead = await Latest().WaitAsync(LongestWait, time);
            directory.RequireRead();
            return ahead;
        }
        catch (TimeoutException slow)
        {
            throw new StorageException(StorageFault.Unavailable, "The writer did not reach a probe in time.", slow);
        }
    }

    private Task<TimeSpan> Latest()
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && time.GetElapsedTime(startedAt) >= Freshness))
            {
                startedAt = time.GetTimestamp();
                latest = ProbeAsync();
            }
            return latest;
        }
    }

    private async Task<TimeSpan> ProbeAsync()
    {
        await pipeline.ProbeAsync();
        return await clock.MeasureAsync(CancellationToken.None);
    }
}
