using System.Text;

namespace Scrip.Bench.Results;

/// <summary>The results on a terminal: plain text in columns as wide as their content.</summary>
internal static class ResultTable
{
    public static string Format(IReadOnlyCollection<Measurement> measurements)
    {
        string[][] rows = [ResultRows.Columns, .. ResultRows.Of(measurements)];
        var widths = ResultRows.Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var table = new StringBuilder();
        foreach (var row in rows)
            table.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        table.AppendLine();
        foreach (var note in ResultRows.Notes)
            table.AppendLine(note);
        return table.ToString();
    }
}
