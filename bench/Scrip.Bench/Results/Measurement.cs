namespace Scrip.Bench.Results;

/// <summary>One line of the result: a quantity that was measured several times.</summary>
/// <param name="Name">What of the scenario is measured.</param>
/// <param name="Ours">One number for each repeat. The middle one counts: machines that do other work too have outliers.</param>
internal sealed record Measurement(string Scenario, string Database, string Name, string Unit, IReadOnlyList<double> Ours)
{
    /// <summary>A time, an amount of memory: the ratios must not exceed their goals.</summary>
    public bool LessIsBetter { get; init; }

    /// <summary>What cannot be exceeded, or what was asked for.</summary>
    public Reference? Limit { get; init; }

    public Reference? Baseline { get; init; }

    public Latency? Latency { get; init; }

    public Latency? BaselineLatency { get; init; }

    public double Median => MedianOf(Ours);

    /// <summary>How far the repeats lie apart, as a part of the median.</summary>
    public double? Spread => Ours.Count > 1 && Median != 0 ? (Ours.Max() - Ours.Min()) / Math.Abs(Median) : null;

    public double? LimitRatio => Ratio(Limit);

    public double? BaselineRatio => Ratio(Baseline);

    public bool MeetsGoals => Meets(Limit) && Meets(Baseline);

    public bool Meets(Reference? reference) =>
        reference?.Goal is not { } goal || (LessIsBetter ? Ratio(reference) <= goal : Ratio(reference) >= goal);

    public static double MedianOf(IReadOnlyList<double> runs) => runs.Order().ElementAt(runs.Count / 2);

    /// <summary>None to a side that answered nothing in time: in a quick run its first answers may come after its turn.</summary>
    private double? Ratio(Reference? reference) => reference is null or { Median: 0 } ? null : Median / reference.Median;
}
