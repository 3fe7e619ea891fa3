namespace Scrip.Files.Import;

/// <summary>The warnings about a file: the first of each kind, and the number of its rows.</summary>
internal sealed class WarningList
{
    private readonly Dictionary<string, (ImportFinding First, int Count)> byCode = [];

    public IReadOnlyList<ImportFinding> All =>
        [.. byCode.Values.Select(warning => warning.Count == 1 ? warning.First
            : warning.First with { Detail = $"{warning.First.Detail} This applies to {warning.Count} rows, of which this is the first." })];

    public void Add(string code, string detail, int? row = null, string? column = null)
    {
        var known = byCode.GetValueOrDefault(code);
        byCode[code] = (known.First ?? new(row, column, code, detail), known.Count + 1);
    }
}
