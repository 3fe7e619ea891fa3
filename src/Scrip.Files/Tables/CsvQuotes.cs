namespace Scrip.Files.Tables;

/// <summary>
/// Removes quotation marks around a cell. RFC 4180 doubles a mark inside; some programs write <c>5" card</c> as it is, and then a parser
/// reads on to the next mark as the same cell. That would lose rows, so such a file is refused.
/// </summary>
internal static class CsvQuotes
{
    /// <param name="raw">The text between two separators, as in the file.</param>
    /// <returns>False if the cell may include text of other cells.</returns>
    public static bool TryRemove(ReadOnlySpan<char> raw, char separator, out ReadOnlySpan<char> cell)
    {
        cell = raw;
        if (raw is not ['"', ..])
            return !raw.Contains('"') || !raw.ContainsAny(separator, '\r', '\n');
        if (raw is not ['"', .. var inner, '"'] || !ArePaired(inner))
            return false;
        cell = Single(inner);
        return true;
    }

    /// <summary>Replaces each pair of quotation marks by one.</summary>
    public static ReadOnlySpan<char> Single(ReadOnlySpan<char> text) =>
        text.Contains('"') ? text.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : text;

    public static TableException Misplaced(int row, int column) => new(
        TableFault.BrokenFile,
        "It is not clear where the cell ends: a quotation mark in it is not doubled, or one is not closed. Save the file as .xlsx.",
        row,
        column);

    private static bool ArePaired(ReadOnlySpan<char> inner)
    {
        for (int mark; (mark = inner.IndexOf('"')) >= 0; inner = inner[(mark + 2)..])
        {
            if (inner.Length < mark + 2 || inner[mark + 1] != '"')
                return false;
        }
        return true;
    }
}
