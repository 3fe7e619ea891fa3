using Scrip.Storage.Pipeline;

namespace Scrip.Server.Health;

/// <summary>
/// Asks the writer to write. Everybody may ask; the disk is asked at most once a second, and all who wait share the answer.
/// </summary>
internal sealed class ReadinessProbe(WritePipeline pipeline, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task? latest;
    private long startedAt;

    public Task RunAsync()
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
