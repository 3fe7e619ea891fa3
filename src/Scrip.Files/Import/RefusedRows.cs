using System.Buffers;
using System.Globalization;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>
/// The refused rows of a file, unchanged, with a last column that says why. The file can be corrected and imported as it is.
/// </summary>
public static class RefusedRows
{
    /// <summary>The caption of the column with the reasons. A file that has it as its last column is read without it.</summary>
    public const string Caption = "Import error";

    /// <summary>Returns the reasons of each row, by its number.</summary>
    public static Dictionary<int, string> ReasonsOf(IEnumerable<ImportFinding> errors)
    {
        var reasons = new Dictionary<int, string>();
        foreach (var error in errors)
        {
            if (error.Row is not { } row)
                continue;
            var reason = error.Column is { } column ? $"{column}: {error.Detail}" : error.Detail;
            reasons[row] = reasons.TryGetValue(row, out var earlier) ? $"{earlier} {reason}" : reason;
        }
        return reasons;
    }

    /// <summary>Writes the rows as csv, with the separator of the file if the file is csv.</summary>
    /// <param name="file">The file that was read, from which the rows are taken again.</param>
    public static void Write(
        Stream file, ImportOptions options, IReadOnlyDictionary<int, string> reasons, IBufferWriter<byte> output)
    {
        using var table = TableFile.Open(
            file, new() { Separator = options.Separator, Encoding = options.Encoding, Limits = options.Limits });
        var separator = table is CsvFile csv ? csv.Dialect.Separator : CsvSeparator.Comma;
        using var writer = new CsvWriter(output, separator, options.TimeZone);
        using var rows = table.ReadRows().GetEnumerator();
        var head = FileHead.Read(rows, options.Source);
        writer.WriteCaptions([.. head.Captions, Caption]);
        foreach (var row in head.RowsBelow(rows))
        {
            if (!reasons.TryGetValue(row.Number, out var reason))
                continue;
            for (var column = 0; column < head.Captions.Count; column++)
                Write(writer, row, column);
            writer.Write(reason);
            writer.EndRow();
        }
        writer.Complete();
    }

    /// <summary>Writes a cell. A spreadsheet stores a number with more digits than it shows.</summary>
    private static void Write(CsvWriter writer, TableRow row, int column)
    {
        var text = row.TextOf(column);
        if (row.KindOf(column) == CellKind.Number && AmountText.TryReadStored(text, out var number))
            writer.Write(number.ToString(CultureInfo.InvariantCulture));
        else
            writer.Write(text.ToString());
    }
}
