using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Scrip.Files.Tables;

/// <summary>
/// Writes a workbook with one sheet (ISO/IEC 29500): texts as text cells, amounts as numbers that show all their digits, times as dates in
/// the given zone, and the captions fixed and with a filter.
/// </summary>
public sealed class XlsxWriter : ITableWriter
{
    /// <summary>The most rows that fit below the captions.</summary>
    public const int MaxRows = TableLimits.SpreadsheetRows - 1;

    /// <summary>The program that a workbook names as its writer, until another program saves it.</summary>
    internal const string Application = "Scrip";

    private const int PieceBytes = 16 * 1024;

    /// <summary>The earliest time that a zip archive can have, so that the same rows give the same bytes.</summary>
    private static readonly DateTimeOffset PartTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTime Origin = new(1899, 12, 30);

    private static readonly SearchValues<char> NotInSheetNames = SearchValues.Create("[]:*?/\\'");

    private readonly BufferStream destination;
    private readonly ZipArchive archive;
    private readonly string sheetName;
    private readonly TimeZoneInfo timeZone;
    private readonly ArrayBufferWriter<byte> piece = new(2 * PieceBytes);
    private Stream? sheet;
    private int columns;
    private int rows;
    private bool isRowOpen;

    /// <param name="sheetName">At most 31 characters, without <c>[]:*?/\'</c>.</param>
    public XlsxWriter(IBufferWriter<byte> output, string sheetName, TimeZoneInfo timeZone)
    {
        if (sheetName.Length is 0 or > 31 || sheetName.AsSpan().ContainsAny(NotInSheetNames))
            throw new ArgumentException("A spreadsheet does not allow this sheet name.", nameof(sheetName));
        destination = new BufferStream(output);
        archive = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        this.sheetName = sheetName;
        this.timeZone = timeZone;
    }

    public void WriteCaptions(ReadOnlySpan<string> captions)
    {
        WritePart("[Content_Types].xml", XlsxParts.ContentTypes);
        WritePart("_rels/.rels", XlsxParts.Relations);
        WritePart("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations);
        WritePart("xl/styles.xml", XlsxParts.Styles);
        columns = captions.Length;
        sheet = OpenPart("xl/worksheets/sheet1.xml");
        piece.Write(XlsxParts.SheetStart(columns));
        Span<byte> memory = stackalloc byte[Utf8Text.StackBytes];
        foreach (var caption in captions)
        {
            using var utf8 = new Utf8Text(caption, memory);
            WriteText(utf8.Bytes, XlsxParts.CaptionStyle);
        }
        EndRow();
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            WriteEmpty();
        else
            WriteText(utf8, XlsxParts.TextStyle);
    }

    public void Write(string? text)
    {
        using var utf8 = new Utf8Text(text ?? "", stackalloc byte[Utf8Text.StackBytes]);
        Write(utf8.Bytes);
    }

    public void Write(long number)
    {
        BeginCell();
        piece.Write("<c><v>"u8);
        piece.WriteNumber(number);
        piece.Write("</v></c>"u8);
    }

    public void Write(bool value)
    {
        BeginCell();
        piece.Write(value ? """<c t="b"><v>1</v></c>"""u8 : """<c t="b"><v>0</v></c>"""u8);
    }

    public void Write(DateTimeOffset instant)
    {
        BeginCell();
        var days = (TimeZoneInfo.ConvertTime(instant, timeZone).DateTime - Origin).TotalDays;
        piece.Write(XlsxParts.TimeCell);
        days.TryFormat(piece.GetSpan(64), out var written, "R", CultureInfo.InvariantCulture);
        piece.Advance(written);
        piece.Write("</v></c>"u8);
    }

    public void WriteAmount(long minor, int digits)
    {
        BeginCell();
        piece.Write(XlsxParts.AmountCell(digits));
        piece.WriteAmount(minor, digits);
        piece.Write("</v></c>"u8);
    }

    public void WriteEmpty()
    {
        BeginCell();
        piece.Write("<c/>"u8);
    }

    /// <exception cref="InvalidOperationException">The sheet is full. Callers must count first.</exception>
    public void EndRow()
    {
        if (!isRowOpen)
            BeginRow();
        piece.Write("</row>"u8);
        isRowOpen = false;
        if (piece.WrittenCount >= PieceBytes)
            Drain();
    }

    public void Complete()
    {
        piece.Write(XlsxParts.SheetEnd(columns, rows));
        Drain();
        sheet!.Dispose();
        sheet = null;
        WritePart("xl/workbook.xml", XlsxParts.Workbook(sheetName, columns, rows));
        archive.Dispose();
    }

    /// <summary>Disposes the writer. Without a previous <see cref="Complete"/> the file has no end and cannot be opened.</summary>
    public void Dispose()
    {
        destination.Discards = true;
        sheet?.Dispose();
        archive.Dispose();
    }

    private void WriteText(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> style)
    {
        if (utf8.Length > TableLimits.SpreadsheetCellCharacters && Encoding.UTF8.GetCharCount(utf8) > TableLimits.SpreadsheetCellCharacters)
            throw new ArgumentException("A spreadsheet's cell cannot hold this text.", nameof(utf8));
        BeginCell();
        piece.Write(style);
        piece.Write(XlsxEscape.KeepsSpace(utf8) ? """<is><t xml:space="preserve">"""u8 : "<is><t>"u8);
        XlsxEscape.Write(piece, utf8);
        piece.Write("</t></is></c>"u8);
    }

    private void BeginCell()
    {
        if (!isRowOpen)
            BeginRow();
    }

    private void BeginRow()
    {
        if (rows == TableLimits.SpreadsheetRows)
            throw new InvalidOperationException("The spreadsheet is full.");
        rows++;
        isRowOpen = true;
        piece.Write("<row>"u8);
    }

    private void Drain()
    {
        sheet!.Write(piece.WrittenSpan);
        piece.ResetWrittenCount();
    }

    private void WritePart(string path, byte[] content)
    {
        using var part = OpenPart(path);
        part.Write(content);
    }

    private Stream OpenPart(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = PartTime;
        return entry.Open();
    }
}
