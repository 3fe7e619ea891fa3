using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Health;

/// <summary>
/// Asks the writer to write. Everybody may ask; the disk is asked at most once a second, and all who wait share the answer.
/// </summary>
internal sealed class ReadinessProbe(WritePipeline pipeline, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>A writer that is in the middle of something for longer than this is not ready, whatever it is.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task? latest;
    private long startedAt;

    /// <exception cref="StorageException">The store takes no writes, or not now.</exception>
    public async Task RunAsync()
    {
        try
        {
            await Latest().WaitAsync(LongestWait, time);
        }
        catch (TimeoutException slow)
        {
            throw new StorageException(StorageFault.Unavailable, "The writer has not come to a probe in time.", slow);
        }
    }

    private Task Latest()
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && time.GetElapsedTime(startedAt) >= Freshness))
            {
                startedAt = time.GetTimestamp();
                latest = pipeline.ProbeAsync();
            }
            return latest;
        }
    }
}
