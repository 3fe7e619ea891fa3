using Scrip.Files.Import;
using Scrip.Files.Tables;

namespace Scrip.Files.Parts;

/// <summary>
/// Divides a file into parts that are read like the whole file, if everything that was decided for the whole file is named with each part.
/// The same file and the same rows always give the same parts, byte for byte.
/// </summary>
public sealed class FileParts
{
    private readonly ImportFile opened;
    private readonly Stream file;
    private readonly PartLimits limits;

    /// <param name="opened">The file, which must not be refused.</param>
    /// <param name="file">The stream from which it was opened. Nothing else may read it meanwhile.</param>
    public FileParts(ImportFile opened, Stream file, PartLimits limits)
    {
        this.opened = opened;
        this.file = file;
        this.limits = limits;
    }

    /// <summary>Whether the file, and so each part, is a workbook.</summary>
    public bool IsXlsx => opened.Table is XlsxFile;

    /// <summary>The separator of a csv file; null for a workbook.</summary>
    public CsvSeparator? Separator => (opened.Table as CsvFile)?.Dialect.Separator;

    /// <summary>The encoding of a csv file; null for a workbook.</summary>
    public CsvEncoding? Encoding => (opened.Table as CsvFile)?.Dialect.Encoding;

    /// <summary>Reads the file once more, one part at a time.</summary>
    /// <param name="rows">The rows to take, as the file numbers them, in order.</param>
    public IEnumerable<FilePart> Divide(IReadOnlyList<int> rows)
    {
        var head = opened.ReadHead();
        return opened.Table is CsvFile csv
            ? CsvParts.Divide(file, csv.Dialect, head.LastNumber, rows, limits)
            : XlsxCopies.Divide(opened.Table, head.Rows, rows, limits);
    }
}

/// <summary>How large a part may be.</summary>
/// <param name="MaxRows">The most rows of a part.</param>
/// <param name="FullBytes">From this size on a part takes no further row.</param>
public sealed record PartLimits(int MaxRows, int FullBytes);
