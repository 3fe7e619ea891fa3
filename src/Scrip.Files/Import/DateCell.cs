using Scrip.Files.Tables;

namespace Scrip.Files.Import;

internal static class DateCell
{
    /// <summary>Reads a date cell. A spreadsheet's own dates have a fixed order, whatever the order of the texts in the file.</summary>
    public static bool TryRead(CellKind kind, ReadOnlySpan<char> text, DateOrder order, out WrittenDate date) =>
        DateText.TryRead(text, kind == CellKind.Date ? DateOrder.YearMonthDay : order, out date);
}
