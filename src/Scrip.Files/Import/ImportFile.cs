using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>
/// A file of certificates, from Scrip or from another product. Opening it reads it once to decide what applies to all rows. Then its rows
/// can be read, in constant memory except for the codes.
/// </summary>
public sealed class ImportFile : IDisposable
{
    private readonly TableFile? table;
    private readonly ImportPlan? plan;
    private readonly ImportOptions options;
    private readonly WarningList fileWarnings;
    private WarningList rowWarnings = new();

    private ImportFile(TableFile? table, ImportPlan? plan, ImportOptions options, WarningList warnings, ImportFinding? refusal)
    {
        this.table = table;
        this.plan = plan;
        this.options = options;
        fileWarnings = warnings;
        Refusal = refusal;
    }

    /// <summary>Why the whole file is refused; null if its rows can be read. The properties below require that it is null.</summary>
    public ImportFinding? Refusal { get; }

    /// <summary>The product that wrote the file: named by the caller or recognised by the columns.</summary>
    public string Source => Plan.Columns.Format.Name;

    public DecimalMark Decimal => Plan.Decimal;

    public DateOrder Dates => Plan.Dates;

    /// <summary>The number of rows below the captions, without blank ones.</summary>
    public int Rows => Plan.Rows;

    public IReadOnlyList<string> Captions => Plan.Columns.Captions;

    /// <summary>The caption of the code column.</summary>
    public string CodeCaption => Plan.Columns.CaptionOf(Field.Code)!;

    /// <summary>The caption of the column of values; null without one.</summary>
    public string? ValueCaption => Plan.Columns.CaptionOf(Field.Value);

    /// <summary>The caption of the column of balances; null without one.</summary>
    public string? BalanceCaption => Plan.Columns.CaptionOf(Field.Balance);

    /// <summary>The warnings. Complete once all rows have been read.</summary>
    public IReadOnlyList<ImportFinding> Warnings => [.. fileWarnings.All, .. rowWarnings.All];

    internal TableFile Table => table ?? throw new InvalidOperationException("The file was refused.");

    private ImportPlan Plan => plan ?? throw new InvalidOperationException("The file was refused.");

    /// <param name="file">A seekable stream. The caller disposes it, after this object.</param>
    public static ImportFile Open(Stream file, ImportOptions options)
    {
        var warnings = new WarningList();
        TableFile? table = null;
        try
        {
            table = TableFile.Open(file, new() { Separator = options.Separator, Encoding = options.Encoding, Limits = options.Limits });
            Warn(table, options, warnings);
            var plan = ImportPlan.Make(table, options, warnings);
            return new(table, plan, options, warnings, refusal: null);
        }
        catch (TableException fault)
        {
            var caption = table is null || fault.Column is not { } column ? null : CaptionOf(table, options, column);
            table?.Dispose();
            return new(table: null, plan: null, options, warnings, new(fault.Row, caption, fault.Code, fault.Message));
        }
    }

    /// <summary>Reads a whole file into memory. For files that fit into one call.</summary>
    public static ImportResult Read(Stream file, ImportOptions options)
    {
        using var opened = Open(file, options);
        return ImportResult.Of(opened);
    }

    /// <summary>Reads the rows, beginning with the first.</summary>
    public IEnumerable<ImportLine> ReadLines()
    {
        rowWarnings = new();
        var reader = new RowReader(Plan, options, rowWarnings);
        using var rows = table!.ReadRows().GetEnumerator();
        foreach (var row in FileHead.Read(rows, options.Source).RowsBelow(rows))
            yield return reader.Read(row);
    }

    public void Dispose() => table?.Dispose();

    /// <summary>Returns how many rows are above the first one, without blank ones, and where in the file the last of them is.</summary>
    internal (int Rows, int LastNumber) ReadHead()
    {
        using var rows = Table.ReadRows().GetEnumerator();
        var head = FileHead.Read(rows, options.Source);
        return (head.Rows, head.Rows == 0 ? 0 : rows.Current.Number);
    }

    private static void Warn(TableFile table, ImportOptions options, WarningList warnings)
    {
        if (table is CsvFile { Dialect.Encoding: CsvEncoding.Windows1250 or CsvEncoding.Windows1251 } csv && options.Encoding is null)
        {
            var name = csv.Dialect.Encoding == CsvEncoding.Windows1251 ? "windows-1251" : "windows-1250";
            warnings.Add(
                ImportWarning.GuessedEncoding, $"The file is not UTF-8 and is read as {name}. If letters look wrong, set encoding.");
        }
        if (table is XlsxFile { OtherSheets: > 0 } workbook)
            warnings.Add(ImportWarning.OtherSheets, $"Only the first sheet is read. {workbook.OtherSheets} more are not.");
    }

    /// <summary>The caption of a faulty column; null if the captions themselves cannot be read.</summary>
    private static string? CaptionOf(TableFile table, ImportOptions options, int column)
    {
        try
        {
            using var rows = table.ReadRows().GetEnumerator();
            return FileHead.Read(rows, options.Source).Captions.ElementAtOrDefault(column);
        }
        catch (TableException)
        {
            return null;
        }
    }
}
