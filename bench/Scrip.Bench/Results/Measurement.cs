namespace Scrip.Bench.Results;

/// <summary>One line of the results: a quantity that was measured several times.</summary>
/// <param name="Name">What is measured in the scenario.</param>
/// <param name="Ours">One number for each repeat. The median counts, because machines with other work have outliers.</param>
internal sealed record Measurement(string Scenario, string Database, string Name, string Unit, IReadOnlyList<double> Ours)
{
    /// <summary>Whether the ratios must not exceed their goals, as for times and memory.</summary>
    public bool LessIsBetter { get; init; }

    /// <summary>The upper limit, or the target.</summary>
    public Reference? Limit { get; init; }

    public Reference? Baseline { get; init; }

    public Latency? Latency { get; init; }

    public Latency? BaselineLatency { get; init; }

    public double Median => MedianOf(Ours);

    /// <summary>The range of the repeats, as a fraction of the median.</summary>
    public double? Spread => Ours.Count > 1 && Median != 0 ? (Ours.Max() - Ours.Min()) / Math.Abs(Median) : null;

    public double? LimitRatio => Ratio(Limit);

    public double? BaselineRatio => Ratio(Baseline);

    public bool MeetsGoals => Meets(Limit) && Meets(Baseline);

    public bool Meets(Reference? reference) =>
        reference?.Goal is not { } goal || (LessIsBetter ? Ratio(reference) <= goal : Ratio(reference) >= goal);

    public static double MedianOf(IReadOnlyList<double> runs) => runs.Order().ElementAt(runs.Count / 2);

    /// <summary>Null for a reference without any response: in a quick run its first responses may come after its turn.</summary>
    private double? Ratio(Reference? reference) => reference is null or { Median: 0 } ? null : Median / reference.Median;
}
