using System.Buffers;
using System.IO.Compression;
using System.Text;
using Scrip.Files.Tables;

namespace Scrip.Files.Parts;

/// <summary>
/// A workbook of rows that were read from another one. A cell is written with the type and the characters that were read: a number is not
/// rounded, a date stays a date without a style, and a text is never taken for anything else.
/// </summary>
internal sealed class XlsxCopy : IDisposable
{
    private const string SheetName = "Sheet1";
    private const int PieceBytes = 64 * 1024;

    /// <summary>How many times its size a full workbook may be when it is unpacked.</summary>
    private const int MostUnpacked = 8;

    /// <summary>The earliest time that a zip archive can have, so that the same rows give the same bytes.</summary>
    private static readonly DateTimeOffset PartTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryStream file = new();
    private readonly ZipArchive archive;
    private readonly Stream sheet;
    private readonly ArrayBufferWriter<byte> piece = new(2 * PieceBytes);
    private int rows;
    private long unpackedBytes;

    public XlsxCopy()
    {
        archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Write("[Content_Types].xml", XlsxParts.ContentTypes);
        Write("_rels/.rels", XlsxParts.Relations);
        Write("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations);
        Write("xl/styles.xml", XlsxParts.Styles);
        // Names Scrip as the writer, so that no apostrophe is taken off a text that has already lost one.
        Write("xl/workbook.xml", XlsxParts.Workbook(SheetName, columns: 1, rows: 1));
        sheet = Open("xl/worksheets/sheet1.xml");
        piece.Write(XlsxParts.SheetStart(columns: 1));
    }

    /// <summary>Whether the workbook takes no further row: the server limits both the file and what it unpacks to.</summary>
    public bool IsFull(PartLimits limits) => file.Length >= limits.FullBytes || unpackedBytes >= (long)limits.FullBytes * MostUnpacked;

    public void Add(TableRow row)
    {
        rows++;
        piece.Write("<row>"u8);
        for (var column = 0; column < row.Count; column++)
            Add(row.KindOf(column), row.TextOf(column));
        piece.Write("</row>"u8);
        if (piece.WrittenCount >= PieceBytes)
            Drain();
    }

    /// <summary>Ends the workbook and returns it.</summary>
    public byte[] Complete()
    {
        piece.Write(XlsxParts.SheetEnd(columns: 1, rows));
        Drain();
        sheet.Dispose();
        archive.Dispose();
        return file.ToArray();
    }

    public void Dispose()
    {
        sheet.Dispose();
        archive.Dispose();
        file.Dispose();
    }

    private void Add(CellKind kind, ReadOnlySpan<char> text)
    {
        switch (kind)
        {
            case CellKind.Empty:
                piece.Write("<c/>"u8);
                break;
            case CellKind.Plain or CellKind.Text:
                piece.Write("""<c t="inlineStr"><is><t xml:space="preserve">"""u8);
                WriteText(text);
                piece.Write("</t></is></c>"u8);
                break;
            case CellKind.Number:
                WriteValue("<c><v>"u8, text);
                break;
            case CellKind.Date:
                WriteValue("""<c t="d"><v>"""u8, text);
                break;
            case CellKind.Boolean:
                WriteValue("""<c t="b"><v>"""u8, text is "true" ? "1" : "0");
                break;
            case CellKind.Error:
                WriteValue("""<c t="e"><v>"""u8, text);
                break;
        }
    }

    private void WriteValue(ReadOnlySpan<byte> start, ReadOnlySpan<char> text)
    {
        piece.Write(start);
        WriteText(text);
        piece.Write("</v></c>"u8);
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        XlsxEscape.Write(piece, utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
    }

    private void Drain()
    {
        sheet.Write(piece.WrittenSpan);
        unpackedBytes += piece.WrittenCount;
        piece.ResetWrittenCount();
    }

    private void Write(string path, byte[] content)
    {
        using var part = Open(path);
        part.Write(content);
    }

    private Stream Open(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = PartTime;
        return entry.Open();
    }
}
