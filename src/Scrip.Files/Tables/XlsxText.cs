using System.Globalization;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>
/// Reads the characters of an element into a buffer that never exceeds the limit of a cell. The format writes a character that XML does not
/// allow as <c>_x0001_</c>; this class decodes it.
/// </summary>
internal sealed class XlsxText(int maxCharacters)
{
    private const int EscapeLength = 7;

    private readonly char[] characters = new char[maxCharacters + 1];
    private int used;

    public ReadOnlySpan<char> Value => characters.AsSpan(0, used);

    public void Clear() => used = 0;

    public TableException TooLong(int? row = null, int? column = null) => TableException.CellTooLong(maxCharacters, row, column);

    /// <summary>Appends all text in the element and leaves the reader at its end.</summary>
    /// <param name="xml">The reader, at the start of the element.</param>
    /// <returns>False if there are more characters than allowed.</returns>
    public bool TryAppend(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return true;
        var depth = xml.Depth;
        while (xml.Next() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                continue;
            for (int read; (read = xml.ReadValueChunk(characters, used, characters.Length - used)) > 0;)
            {
                used += read;
                if (used > maxCharacters)
                    return false;
            }
        }
        return true;
    }

    public void Unescape()
    {
        var from = Value.IndexOf("_x", StringComparison.Ordinal);
        if (from < 0)
            return;
        var to = from;
        while (from < used)
        {
            if (characters.AsSpan(from, used - from) is ['_', 'x', var a, var b, var c, var d, '_', ..]
                && ushort.TryParse([a, b, c, d], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                characters[to++] = (char)code;
                from += EscapeLength;
            }
            else
            {
                characters[to++] = characters[from++];
            }
        }
        used = to;
    }
}
