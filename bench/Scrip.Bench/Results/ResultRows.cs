namespace Scrip.Bench.Results;

/// <summary>Measurements as cells of text.</summary>
internal static class ResultRows
{
    public static readonly string[] Columns =
    [
        "scenario", "database", "quantity", "ours", "limit", "ours/limit", "baseline", "ours/baseline", "p50 / p99, ms", "baseline's", "spread",
    ];

    /// <summary>What the columns do not tell by themselves.</summary>
    public static readonly string[] Notes =
    [
        "ours, limit, baseline: medians of the repeats. spread: (highest - lowest) / median of ours.",
        "In brackets behind a ratio: what it must be; ! where it is not.",
    ];

    public static IEnumerable<string[]> Of(IEnumerable<Measurement> measurements) => measurements.Select(Cells);

    private static string[] Cells(Measurement measurement) =>
    [
        measurement.Scenario,
        measurement.Database,
        measurement.Name,
        $"{Number(measurement.Median)} {measurement.Unit}",
        measurement.Limit is { } limit ? $"{Number(limit.Median)} ({limit.Name})" : "",
        Ratio(measurement, measurement.Limit, measurement.LimitRatio),
        measurement.Baseline is { } baseline ? $"{Number(baseline.Median)} ({baseline.Name})" : "",
        Ratio(measurement, measurement.Baseline, measurement.BaselineRatio),
        $"{measurement.Latency}",
        $"{measurement.BaselineLatency}",
        measurement.Spread is { } spread ? $"{spread:0%}" : "",
    ];

    private static string Ratio(Measurement measurement, Reference? reference, double? ratio)
    {
        if (reference is null)
            return "";
        var goal = reference.Goal is { } asked ? $" ({(measurement.LessIsBetter ? "<=" : ">=")} {asked:0.##})" : "";
        return $"{(ratio is null ? "-" : $"{ratio:0.00}")}{goal}{(measurement.Meets(reference) ? "" : " !")}";
    }

    private static string Number(double value) => value switch
    {
        >= 1_000 => $"{value:N0}",
        >= 10 => $"{value:0.#}",
        _ => $"{value:0.###}",
    };
}
