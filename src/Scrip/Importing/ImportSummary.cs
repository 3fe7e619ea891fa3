using System.Text.Json;
using System.Text.Json.Serialization;
using Scrip.Printing;

namespace Scrip.Importing;

/// <summary>
/// What was read here, and what the server took. The two agree, except for rows that the server skipped, updated or left out.
/// </summary>
/// <param name="FileRows">All rows of the file.</param>
/// <param name="FileRefused">Its rows with errors.</param>
/// <param name="FileValue">What the other rows are worth, in whole units.</param>
/// <param name="FileBalance">What they have left, as a decimal string.</param>
/// <param name="Rows">The rows that the server has read.</param>
/// <param name="Value">What the created certificates are worth, in whole units.</param>
/// <param name="Balance">What they have left, as a decimal string.</param>
/// <param name="Parts">The number of calls.</param>
/// <param name="PartsDoneBefore">How many of them an earlier run had already made.</param>
internal sealed record ImportSummary(
    bool DryRun,
    int FileRows,
    int FileRefused,
    long FileValue,
    string FileBalance,
    int Rows,
    int Created,
    int Updated,
    int Skipped,
    int Refused,
    long Value,
    string Balance,
    int Parts,
    int PartsDoneBefore)
{
    /// <summary>Whether the server read the same rows, and took the same amounts if it took all of them.</summary>
    public bool Agrees() => Rows == FileRows - FileRefused
        && (Updated + Skipped + Refused > 0 || (Value == FileValue && Balance == FileBalance));

    public void Print(OutputForm form)
    {
        if (form != OutputForm.Table)
        {
            Printer.PrintOne(form, this, ImportJson.Printed.ImportSummary);
            return;
        }
        using var output = StandardOutput.OpenWriter();
        var table = new TextTable<(string Name, string? File, string? Server)>(
        [
            new("", row => row.Name),
            new("file", row => row.File ?? " ", IsNumber: true),
            new("server", row => row.Server ?? " ", IsNumber: true),
        ]);
        foreach (var row in Lines())
            table.Add(row, output);
        table.Complete(output);
    }

    private IEnumerable<(string Name, string? File, string? Server)> Lines() =>
    [
        ("rows", Cells.Grouped(FileRows), Cells.Grouped(Rows)),
        (DryRun ? "to create" : "created", null, Cells.Grouped(Created)),
        (DryRun ? "to update" : "updated", null, Cells.Grouped(Updated)),
        (DryRun ? "to skip" : "skipped", null, Cells.Grouped(Skipped)),
        ("refused", Cells.Grouped(FileRefused), Cells.Grouped(Refused)),
        ("value", Cells.Number(FileValue), Cells.Number(Value)),
        ("balance", FileBalance, Balance),
    ];
}

[JsonSerializable(typeof(ImportSummary))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    public static ImportJson Printed { get; } = new(new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}
