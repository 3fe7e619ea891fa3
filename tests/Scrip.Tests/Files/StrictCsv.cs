using System.Text;

namespace Scrip.Tests.Files;

/// <summary>A strict parser for RFC 4180, section 2: anything outside the grammar is an error.</summary>
internal static class StrictCsv
{
    public static List<string[]> Parse(string text, char separator)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            row.Add(text[at] == '"' ? Quoted(text, ref at) : Bare(text, separator, ref at));
            if (at < text.Length && text[at] == separator)
            {
                at++;
                if (at == text.Length)
                    throw new FormatException("The file ends after a separator.");
                continue;
            }
            if (!text.AsSpan(at).StartsWith("\r\n"))
                throw new FormatException($"There is neither a separator nor the end of the row at {at}.");
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }
        return rows;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }
        throw new FormatException("A quotation mark is not closed.");
    }

    private static string Bare(string text, char separator, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
        {
            if (text[at] == '"')
                throw new FormatException($"There is a quotation mark in a cell without them, at {at}.");
            at++;
        }
        return text[start..at];
    }
}
