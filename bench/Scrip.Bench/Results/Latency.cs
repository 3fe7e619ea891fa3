namespace Scrip.Bench.Results;

/// <summary>What half of all requests, and all but one in a hundred, took at most.</summary>
internal sealed record Latency(double MedianMilliseconds, double Percentile99Milliseconds)
{
    public static Latency Of(IEnumerable<TimeSpan> requests)
    {
        var sorted = requests.Order().ToArray();
        return new(sorted[sorted.Length / 2].TotalMilliseconds, sorted[(int)(sorted.Length * 0.99)].TotalMilliseconds);
    }
}
