namespace Scrip.Bench.Load;

/// <summary>One turn of load: how long it lasted and how long each of its requests took.</summary>
internal sealed record LoadResult(TimeSpan Duration, IReadOnlyList<TimeSpan> Latencies)
{
    public double RequestsPerSecond => Latencies.Count / Duration.TotalSeconds;
}
