namespace Scrip.Bench.Results;

/// <summary>One line of the result: a quantity that was measured several times.</summary>
/// <param name="Runs">One number for each repeat. The middle one counts: machines that do other work too have outliers.</param>
/// <param name="Against">What the quantity is held against; nothing for a number given for information.</param>
internal sealed record Measurement(
    string Scenario, string Name, string Unit, IReadOnlyList<double> Runs, Yardstick? Against = null, Latency? Latency = null)
{
    public double Median => MedianOf(Runs);

    /// <summary>How far the repeats lie apart, as a part of the median.</summary>
    public double? Spread => Runs.Count > 1 ? (Runs.Max() - Runs.Min()) / Median : null;

    /// <summary>1 and more: as good as what it is held against, or better.</summary>
    public double? Ratio => Against is null ? null : Against.IsUpperBound ? Against.Value / Median : Median / Against.Value;

    public static double MedianOf(IReadOnlyList<double> runs) => runs.Order().ElementAt(runs.Count / 2);
}

/// <param name="IsUpperBound">Less is better: a time, an amount of memory.</param>
internal sealed record Yardstick(string Name, double Value, bool IsUpperBound)
{
    public static Yardstick AtLeast(double target) => new("target", target, IsUpperBound: false);

    public static Yardstick AtMost(double target) => new("target", target, IsUpperBound: true);

    /// <summary>The same work done in the simplest way on the same machine, in the same minutes.</summary>
    public static Yardstick Baseline(string name, IReadOnlyList<double> runs) => new(name, Measurement.MedianOf(runs), IsUpperBound: false);
}
