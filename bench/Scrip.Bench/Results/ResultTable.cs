using System.Text;

namespace Scrip.Bench.Results;

/// <summary>The results for people: plain text in columns as wide as their content.</summary>
internal static class ResultTable
{
    private static readonly string[] Columns = ["scenario", "quantity", "ours", "against", "ratio", "spread", "p50 / p99"];

    public static string Format(IReadOnlyCollection<Measurement> measurements)
    {
        string[][] rows = [Columns, .. measurements.Select(Cells)];
        var widths = Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var table = new StringBuilder();
        foreach (var row in rows)
            table.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return table
            .AppendLine()
            .AppendLine("ours: median of the repeats. ratio: 1 and more is as good as the target or baseline, or better.")
            .AppendLine("spread: (highest - lowest) / median.")
            .ToString();
    }

    private static string[] Cells(Measurement measurement) =>
    [
        measurement.Scenario,
        measurement.Name,
        $"{Number(measurement.Median)} {measurement.Unit}",
        measurement.Against is { } against ? $"{against.Name} {(against.IsUpperBound ? "< " : "")}{Number(against.Value)}" : "",
        measurement.Ratio is { } ratio ? $"{ratio:0.00}" : "",
        measurement.Spread is { } spread ? $"{spread:0%}" : "",
        measurement.Latency is { } latency ? $"{latency.MedianMilliseconds:0.00} / {latency.Percentile99Milliseconds:0.00} ms" : "",
    ];

    private static string Number(double value) => value switch
    {
        >= 1_000 => $"{value:N0}",
        >= 10 => $"{value:0.#}",
        _ => $"{value:0.###}",
    };
}
