namespace Scrip.Files.Tables;

/// <summary>A csv or xlsx file as rows of cells, in constant memory. It can be read more than once.</summary>
public abstract class TableFile : IDisposable
{
    private static ReadOnlySpan<byte> ZipMark => "PK\u0003\u0004"u8;

    /// <summary>The first bytes of Excel 97 files, and of xlsx files with a password.</summary>
    private static ReadOnlySpan<byte> CompoundMark => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Opens a file of either kind, which its first bytes tell.</summary>
    /// <param name="file">A seekable stream. The caller disposes it.</param>
    /// <exception cref="TableException">The file is not a table, or is larger than allowed.</exception>
    public static TableFile Open(Stream file, TableOptions options)
    {
        if (file.Length > options.Limits.MaxBytes)
        {
            var most = TableException.Number(options.Limits.MaxBytes);
            throw new TableException(TableFault.TooLarge, $"The file has more than {most} bytes. Divide it into several.");
        }
        Span<byte> start = stackalloc byte[4];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.SequenceEqual(CompoundMark))
        {
            throw new TableException(
                TableFault.NotATable, "The file is an old Excel workbook (.xls), or has a password. Save it as .xlsx without a password.");
        }
        return start.SequenceEqual(ZipMark) ? XlsxFile.Open(file, options.Limits) : CsvFile.Open(file, options);
    }

    /// <summary>Reads the file from its start. Every row is the same object.</summary>
    /// <exception cref="TableException">The file is broken from here on, or larger than allowed.</exception>
    public abstract IEnumerable<TableRow> ReadRows();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
