namespace Scrip.Client;

/// <summary>What an import did, or would do.</summary>
/// <param name="Rows">The rows below the captions: accepted, refused and skipped ones.</param>
/// <param name="Refused">The rows with errors.</param>
/// <param name="Value">What the created certificates are issued for, in whole units.</param>
/// <param name="Balance">What they have left, as a decimal string.</param>
/// <param name="BatchId">Null if no certificate was created.</param>
/// <param name="Source">The product that wrote the file; null if the whole file is refused, and so are the next two.</param>
/// <param name="Errors">The first 1,000.</param>
public sealed record ImportReport(
    int Rows,
    int Created,
    int Skipped,
    int Refused,
    long Value,
    string Balance,
    long? BatchId,
    string? Source,
    string? Decimal,
    string? Dates,
    IReadOnlyList<ImportFinding> Warnings,
    IReadOnlyList<ImportFinding> Errors,
    int Updated = 0);

/// <param name="Row">The row as a spreadsheet numbers it; null for the whole file.</param>
/// <param name="Column">The column's caption; null for the whole row.</param>
/// <param name="Code">For programs; docs/issuing.md lists the codes.</param>
/// <param name="Detail">For people.</param>
public sealed record ImportFinding(int? Row, string? Column, string Code, string Detail);

/// <param name="IsReplay">Whether an earlier call with the same key had already done this.</param>
public sealed record ImportAnswer(ImportReport Report, bool IsReplay);

/// <summary>The server refused a file. Nothing was stored.</summary>
/// <param name="report">Names the rows and what is wrong with them.</param>
public sealed class ImportRefusedException(Problem problem, ImportReport report) : ScripProblemException(problem, retryAfter: null)
{
    public ImportReport Report { get; } = report;
}
