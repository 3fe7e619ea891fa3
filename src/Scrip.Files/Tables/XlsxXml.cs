using System.Text;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>
/// An XML reader that fetches and expands nothing, and whose memory has a bound. Besides the bytes that <see cref="BoundedStream"/> counts,
/// a parser keeps one object for each open element and one for each distinct name.
/// </summary>
internal static class XlsxXml
{
    /// <summary>A workbook's own elements are nested about ten deep.</summary>
    private const int MaxDepth = 64;

    public static XmlReader Read(Stream part, long maxBytes)
    {
        // The decoder is ours: what counts bytes below it must know what a byte means.
        var text = new StreamReader(new BoundedStream(part, maxBytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = new XlsxNames(),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });
    }

    /// <summary>Reads the next node. Use it in place of <see cref="XmlReader.Read"/>, which has no bound on depth.</summary>
    /// <exception cref="TableException">The elements are nested too deep.</exception>
    public static bool Next(this XmlReader xml)
    {
        if (!xml.Read())
            return false;
        return xml.Depth <= MaxDepth ? true : throw TooComplex();
    }

    /// <summary>Reads to the end of the element, so that <see cref="Next"/> continues behind it.</summary>
    /// <param name="xml">On the start of the element.</param>
    public static void SkipElement(this XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Next() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
        }
    }

    public static TableException TooComplex() =>
        new(TableFault.TooLarge, "The workbook has more structure than a table needs. Save it again as .xlsx or .csv.");
}
