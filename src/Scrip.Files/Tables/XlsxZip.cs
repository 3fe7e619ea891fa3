using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>The parts of an xlsx file, each unpacked within its bounds and without anything that XML could fetch or expand.</summary>
internal sealed class XlsxZip : IDisposable
{
    /// <summary>Excel's own files have some twenty parts.</summary>
    private const int MaxDirectoryBytes = 256 * 1024;

    /// <summary>Of the styles, in workbooks that were copied together for years, a few million.</summary>
    private const long MaxDescriptionBytes = 8 * 1024 * 1024;

    private const int EndBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;

    /// <summary>What writers that are always prepared for large files put between the directory and its end.</summary>
    private const int MaxBetweenBytes = 1024;

    private readonly ZipArchive archive;
    private readonly long maxUnpackedBytes;

    private XlsxZip(ZipArchive archive, long maxUnpackedBytes)
    {
        this.archive = archive;
        this.maxUnpackedBytes = maxUnpackedBytes;
    }

    /// <exception cref="TableException">It is no zip file, or one with too many parts.</exception>
    public static XlsxZip Open(Stream file, long maxUnpackedBytes)
    {
        CheckDirectory(file);
        return Guarded(() => new XlsxZip(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), maxUnpackedBytes));
    }

    /// <summary>Reads a part that has the table's rows or texts.</summary>
    /// <returns>Null where the file has no such part.</returns>
    public XmlReader? Read(string path) => Read(path, maxUnpackedBytes);

    /// <summary>Reads a part that describes the workbook, all of which is kept in memory.</summary>
    /// <returns>Null where the file has no such part.</returns>
    public XmlReader? ReadDescription(string path) => Read(path, Math.Min(MaxDescriptionBytes, maxUnpackedBytes));

    /// <summary>Runs what reads the archive or its XML, and makes one kind of fault of theirs.</summary>
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
    /// The archive makes an object for each part before it compares their number: the directory's own size is looked at first.
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
