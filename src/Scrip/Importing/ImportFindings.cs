using Scrip.Files.Import;
using Scrip.Printing;

namespace Scrip.Importing;

/// <summary>Prints what is wrong with a file, on standard error.</summary>
internal static class ImportFindings
{
    private const int MostLines = 100;

    public static void PrintRefusal(string path, ImportFinding refusal)
    {
        ErrorLine.Write($"{path}: {Describe(refusal.Row, refusal.Column, refusal.Detail)}");
        if (refusal.Detail.Contains('='))
            ErrorLine.Write("Settings are options of this command: decimal=comma is --decimal comma.");
    }

    public static void PrintWarnings(IReadOnlyList<ImportFinding> warnings)
    {
        foreach (var warning in warnings)
            ErrorLine.Write($"Note: {Describe(warning.Row, warning.Column, warning.Detail)}");
    }

    /// <param name="rows">How many rows have errors; more than are in the list, perhaps.</param>
    public static void PrintErrors(IReadOnlyList<ImportFinding> errors, int rows) =>
        Print([.. errors.Select(error => (error.Row, Describe(error.Row, error.Column, error.Detail)))], rows);

    public static void PrintErrors(IReadOnlyList<Client.ImportFinding> errors, int rows) =>
        Print([.. errors.Select(error => (error.Row, Describe(error.Row, error.Column, error.Detail)))], rows);

    public static void PrintEnd(ImportSummary summary, bool isAccepted)
    {
        if (summary.PartsDoneBefore > 0)
            ErrorLine.Write($"{summary.PartsDoneBefore} of {summary.Parts} parts had been imported by an earlier run.");
        if (!isAccepted && summary.DryRun)
            ErrorLine.Write("The server would refuse the file. Nothing was stored.");
        else if (!isAccepted)
            ErrorLine.Write(HowToGoOn(summary));
        else if (!summary.Agrees())
            ErrorLine.Write("The server did not take what was read here. Compare the totals before you go on.");
        else if (summary.DryRun)
            ErrorLine.Write("Nothing was stored.");
    }

    private static string HowToGoOn(ImportSummary summary) => summary.Parts == 1
        ? "The server refused the file. Nothing was stored."
        : $"The server refused part {summary.Parts}; the parts before are imported. Change what it names on the server and repeat the "
        + "command, or correct the file and import it with --existing skip.";

    private static void Print((int? Row, string Text)[] lines, int rows)
    {
        foreach (var (_, text) in lines.Take(MostLines))
            ErrorLine.Write(text);
        if (lines.Length > MostLines || rows > lines.DistinctBy(line => line.Row).Count())
            ErrorLine.Write($"{Cells.Grouped(rows)} rows have errors; these are the first.");
    }

    private static string Describe(int? row, string? column, string detail)
    {
        var place = row is null ? column : column is null ? $"row {row}" : $"row {row}, {column}";
        return place is null ? detail : $"{place}: {detail}";
    }
}
