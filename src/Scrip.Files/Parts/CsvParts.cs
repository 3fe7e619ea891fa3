using Scrip.Files.Tables;

namespace Scrip.Files.Parts;

/// <summary>
/// Divides a csv file between its rows and copies bytes: encoding, separators, quotation marks and line breaks stay what they are. Each
/// part begins like the file: with the byte order mark, the line that names the separator, and everything down to the captions.
/// </summary>
internal static class CsvParts
{
    public static IEnumerable<FilePart> Divide(
        Stream file, CsvDialect dialect, int headRows, IReadOnlyList<int> rows, PartLimits limits)
    {
        file.Position = 0;
        var records = new CsvRecords(file, dialect.Encoding);
        var buffer = new PartBuffer();
        // The line that names the separator has no number.
        for (var line = dialect.HasSeparatorLine ? 0 : 1; line <= headRows; line++)
            records.ReadNext(buffer);
        var head = buffer.Length;
        var taken = new List<int>();
        var number = headRows;
        foreach (var row in rows)
        {
            var end = buffer.Length;
            for (; number < row; number++)
            {
                buffer.Truncate(end);
                if (!records.ReadNext(buffer))
                    throw new InvalidOperationException($"The file has no row {row}.");
            }
            taken.Add(row);
            if (taken.Count < limits.MaxRows && buffer.Length < limits.FullBytes)
                continue;
            yield return new(buffer.ToArray(), [.. taken], headRows);
            buffer.Truncate(head);
            taken.Clear();
        }
        if (taken.Count > 0)
            yield return new(buffer.ToArray(), [.. taken], headRows);
    }
}
