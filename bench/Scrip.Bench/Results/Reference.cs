namespace Scrip.Bench.Results;

/// <summary>What a quantity is compared with: measured in the same minutes, or given.</summary>
/// <param name="Goal">What ours must be, as a multiple of this; null for a comparison without a goal.</param>
internal sealed record Reference(string Name, IReadOnlyList<double> Runs, double? Goal = null)
{
    public double Median => Measurement.MedianOf(Runs);

    /// <summary>A target value.</summary>
    public static Reference Target(double value) => new("target", [value], Goal: 1);

    /// <summary>The same contract in Entity Framework Core.</summary>
    public static Reference EfCore(IReadOnlyList<double> runs, double? goal = null) => new("EF Core", runs, goal);

    /// <summary>The product itself, compiled as it runs.</summary>
    public static Reference Jit(IReadOnlyList<double> runs) => new("JIT", runs);
}
