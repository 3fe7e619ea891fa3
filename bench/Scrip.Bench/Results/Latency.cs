namespace Scrip.Bench.Results;

/// <summary>What half of all requests, and all but one in a hundred, took at most.</summary>
internal sealed record Latency(double MedianMilliseconds, double Percentile99Milliseconds)
{
    public override string ToString() => $"{MedianMilliseconds:0.00} / {Percentile99Milliseconds:0.00}";
}
