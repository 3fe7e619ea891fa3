using nietras.SeparatedValues;

namespace Scrip.Files.Tables;

/// <summary>A csv file according to RFC 4180, or as spreadsheets and shops write it.</summary>
internal sealed class CsvFile(Stream file, CsvDialect dialect, TableLimits limits) : TableFile
{
    public CsvDialect Dialect => dialect;

    public static new CsvFile Open(Stream file, TableOptions options) =>
        new(file, CsvDialect.Find(file, options), options.Limits);

    public override IEnumerable<TableRow> ReadRows()
    {
        var row = new TableRow();
        file.Position = 0;
        using var text = new StreamReader(file, dialect.TextEncoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var reader = OpenReader(text);
        if (dialect.HasSeparatorLine)
            MoveNext(reader, row);
        for (var number = 1; MoveNext(reader, row); number++)
        {
            row.Begin(number);
            Fill(row, reader);
            if (!row.IsBlank)
                yield return row;
        }
    }

    protected override void Dispose(bool disposing)
    {
        // The caller owns the stream.
    }

    private SepReader OpenReader(StreamReader text)
    {
        var options = new SepReaderOptions(new Sep(dialect.Separator.Character()))
        {
            HasHeader = false,
            DisableColCountCheck = true,
        };
        return options.From(text);
    }

    /// <exception cref="TableException">
    /// A row is longer than the parser's buffer, for example because a quotation mark is never closed.
    /// </exception>
    private static bool MoveNext(SepReader reader, TableRow row)
    {
        try
        {
            return reader.MoveNext();
        }
        catch (NotSupportedException cause)
        {
            throw new TableException(
                TableFault.BrokenFile, "The row has no end. A quotation mark before it may not be closed.", row.Number + 1, cause: cause);
        }
    }

    private void Fill(TableRow row, SepReader reader)
    {
        var cells = reader.Current;
        if (cells.ColCount > limits.MaxColumns)
            throw TableException.TooManyColumns(limits, row.Number);
        for (var column = 0; column < cells.ColCount; column++)
        {
            if (!CsvQuotes.TryRemove(cells[column].Span, dialect.Separator.Character(), out var cell))
                throw CsvQuotes.Misplaced(row.Number, column);
            if (cell.Length > limits.MaxCellCharacters)
                throw TableException.CellTooLong(limits.MaxCellCharacters, row.Number, column);
            CsvCell.Add(row, cell);
        }
    }
}
