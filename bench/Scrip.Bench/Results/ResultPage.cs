using System.Globalization;
using System.Text;

namespace Scrip.Bench.Results;

/// <summary>The results as a page of the repository, one for each kind of processor.</summary>
internal static class ResultPage
{
    public static async Task WriteAsync(string folder, Machine machine, IReadOnlyCollection<Measurement> measurements)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName(machine.Processor)), Format(machine, measurements));
    }

    /// <summary>Letters and digits, with hyphens for everything between them.</summary>
    public static string FileName(string processor)
    {
        var plain = processor.Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal);
        var words = new string([.. plain.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ')]);
        return string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) + ".md";
    }

    private static string Format(Machine machine, IReadOnlyCollection<Measurement> measurements)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {machine.Processor}, {machine.Cores} cores, {machine.Memory}\n\n");
        page.Append("`dotnet run -c Release --project bench/Scrip.Bench -- all`; what it does is in [bench/README.md](../README.md).\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- {machine.System}\n");
        foreach (var version in machine.Versions)
            page.Append(CultureInfo.InvariantCulture, $"- {version}\n");
        page.Append('\n');
        AppendRow(page, ResultRows.Columns);
        AppendRow(page, [.. ResultRows.Columns.Select(_ => "---")]);
        foreach (var row in ResultRows.Of(measurements))
            AppendRow(page, row);
        page.Append('\n');
        foreach (var note in ResultRows.Notes)
            page.Append(CultureInfo.InvariantCulture, $"{note}\n");
        return page.ToString();
    }

    private static void AppendRow(StringBuilder page, string[] cells) =>
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
}
