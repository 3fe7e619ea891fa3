using Scrip.Files.Tables;

namespace Scrip.Files.Parts;

/// <summary>Divides a workbook into workbooks with one sheet, whose cells have the kinds and the texts of the original.</summary>
internal static class XlsxCopies
{
    /// <param name="headRows">The number of rows above the first one, without blank ones.</param>
    public static IEnumerable<FilePart> Divide(TableFile table, int headRows, IReadOnlyList<int> rows, PartLimits limits)
    {
        using var source = table.ReadRows().GetEnumerator();
        for (var next = 0; next < rows.Count;)
        {
            using var copy = new XlsxCopy();
            foreach (var row in table.ReadRows().Take(headRows))
                copy.Add(row);
            var first = next;
            for (; next < rows.Count && next - first < limits.MaxRows && !copy.IsFull(limits); next++)
            {
                MoveTo(source, rows[next]);
                copy.Add(source.Current);
            }
            yield return new(copy.Complete(), [.. rows.Skip(first).Take(next - first)], headRows);
        }
    }

    private static void MoveTo(IEnumerator<TableRow> source, int row)
    {
        do
        {
            if (!source.MoveNext())
                throw new InvalidOperationException($"The file has no row {row}.");
        }
        while (source.Current.Number != row);
    }
}
