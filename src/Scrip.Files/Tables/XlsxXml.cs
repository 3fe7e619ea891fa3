using System.Text;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>
/// Creates XML readers that fetch and expand nothing and use limited memory. Besides the bytes that <see cref="BoundedStream"/> counts, a
/// parser keeps one object for each open element and one for each distinct name.
/// </summary>
internal static class XlsxXml
{
    /// <summary>The elements of a real workbook are nested about ten deep.</summary>
    private const int MaxDepth = 64;

    public static XmlReader Read(Stream part, long maxBytes)
    {
        // The decoder is explicit, because the stream below it counts bytes and must know their meaning.
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

    /// <summary>Reads the next node. Use it instead of <see cref="XmlReader.Read"/>, which does not limit the depth.</summary>
    /// <exception cref="TableException">The elements are nested too deeply.</exception>
    public static bool Next(this XmlReader xml)
    {
        if (!xml.Read())
            return false;
        return xml.Depth <= MaxDepth ? true : throw TooComplex();
    }

    /// <summary>Reads to the end of the element, so that <see cref="Next"/> continues after it.</summary>
    /// <param name="xml">The reader, at the start of the element.</param>
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
