namespace Scrip.Files.Tables;

/// <summary>
/// Quotation marks around a cell. RFC 4180 doubles a mark inside; some programs write <c>5" card</c> without any more, and then a parser
/// takes what follows for the same cell, up to the next mark. Rows would get lost that way, so such a file is refused.
/// </summary>
internal static class CsvQuotes
{
    /// <param name="raw">Between two separators, as the file has it.</param>
    /// <returns>False if the cell may have swallowed what is not its own.</returns>
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

    /// <summary>One mark for each two.</summary>
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
