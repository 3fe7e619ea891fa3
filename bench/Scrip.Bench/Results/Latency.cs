namespace Scrip.Bench.Results;

/// <summary>The longest wait of half of all requests, and of all but one in a hundred.</summary>
internal sealed record Latency(double MedianMilliseconds, double Percentile99Milliseconds)
{
    public override string ToString() => $"{MedianMilliseconds:0.00} / {Percentile99Milliseconds:0.00}";
}
