using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>The texts to which cells refer by number, in one block of memory.</summary>
internal sealed class XlsxTexts
{
    private readonly List<int> ends = [];
    private char[] characters = [];
    private int used;

    public int Count => ends.Count;

    public ReadOnlySpan<char> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : ends[number - 1];
            return characters.AsSpan(start, ends[number] - start);
        }
    }

    /// <param name="path">Null if the workbook has no shared texts.</param>
    public static XlsxTexts Read(XlsxZip zip, string? path, TableLimits limits)
    {
        var texts = new XlsxTexts();
        using var xml = path is null ? null : zip.Read(path);
        var text = new XlsxText(limits.MaxCellCharacters);
        while (xml?.Next() == true)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si")
                continue;
            if (!TryReadItem(xml, text))
                throw text.TooLong();
            texts.Add(text.Value, limits);
        }
        return texts;
    }

    /// <summary>Reads the runs of one text, without its phonetic annotation.</summary>
    /// <param name="xml">The reader, at the start of <c>si</c> or <c>is</c>; it is left at the end.</param>
    /// <returns>False if there are more characters than allowed.</returns>
    public static bool TryReadItem(XmlReader xml, XlsxText text)
    {
        text.Clear();
        if (xml.IsEmptyElement)
            return true;
        var depth = xml.Depth;
        xml.Next();
        while (!(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth) && !xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
                xml.SkipElement();
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t" && !text.TryAppend(xml))
                return false;
            xml.Next();
        }
        text.Unescape();
        return true;
    }

    private void Add(ReadOnlySpan<char> text, TableLimits limits)
    {
        if (ends.Count == limits.MaxSharedTexts || used + text.Length > limits.MaxSharedCharacters)
            throw new TableException(TableFault.TooLarge, "The workbook has too much text. Divide it into several, or save it as .csv.");
        if (characters.Length - used < text.Length)
            Array.Resize(ref characters, Math.Max(used + text.Length, Math.Max(4096, characters.Length * 2)));
        text.CopyTo(characters.AsSpan(used));
        used += text.Length;
        ends.Add(used);
    }
}
