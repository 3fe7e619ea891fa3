using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>The parts of an xlsx file. Each is unpacked within its limits, and nothing in its XML is fetched or expanded.</summary>
internal sealed class XlsxZip : IDisposable
{
    /// <summary>The largest directory. Excel's own files have about twenty parts.</summary>
    private const int MaxDirectoryBytes = 256 * 1024;

    /// <summary>
    /// The largest part that describes the workbook. The styles of workbooks that were merged for years have a few million bytes.
    /// </summary>
    private const long MaxDescriptionBytes = 8 * 1024 * 1024;

    private const int EndBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;

    /// <summary>
    /// The most bytes between the directory and its end, where writers that always prepare for large files put additional records.
    /// </summary>
    private const int MaxBetweenBytes = 1024;

    private readonly ZipArchive archive;
    private readonly long maxUnpackedBytes;

    private XlsxZip(ZipArchive archive, long maxUnpackedBytes)
    {
        this.archive = archive;
        this.maxUnpackedBytes = maxUnpackedBytes;
    }

    /// <exception cref="TableException">The file is not a zip file, or has too many parts.</exception>
    public static XlsxZip Open(Stream file, long maxUnpackedBytes)
    {
        CheckDirectory(file);
        return Guarded(() => new XlsxZip(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), maxUnpackedBytes));
    }

    /// <summary>Reads a part with the table's rows or texts.</summary>
    /// <returns>Null if the file does not have the part.</returns>
    public XmlReader? Read(string path) => Read(path, maxUnpackedBytes);

    /// <summary>Reads a part that describes the workbook, which is kept in memory completely.</summary>
    /// <returns>Null if the file does not have the part.</returns>
    public XmlReader? ReadDescription(string path) => Read(path, Math.Min(MaxDescriptionBytes, maxUnpackedBytes));

    /// <summary>Runs code that reads the archive or its XML, and converts its various exceptions to one.</summary>
    public static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException)
        {
            throw new TableException(TableFault.BrokenFile, "The file is not a whole xlsx workbook. Save it again as .xlsx.", cause: cause);
        }
    }

    public void Dispose() => archive.Dispose();

    private XmlReader? Read(string path, long maxBytes) =>
        Guarded(() => archive.GetEntry(path) is { } entry ? XlsxXml.Read(entry.Open(), maxBytes) : null);

    /// <summary>
    /// Checks the size of the directory first, because the archive creates an object for each part before it compares their number.
    /// </summary>
    private static void CheckDirectory(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndBytes + MaxCommentBytes)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndBytes)
            throw new TableException(TableFault.BrokenFile, "The file is not a whole xlsx workbook: its end is missing.");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        var end = file.Length - tail.Length + at;
        if (size > MaxDirectoryBytes || end - start > size + MaxBetweenBytes)
            throw new TableException(TableFault.TooLarge, "The file has more parts than a workbook needs.");
    }
}
