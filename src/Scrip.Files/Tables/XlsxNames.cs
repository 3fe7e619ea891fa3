using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>The names of a part's elements and attributes. A workbook uses about a hundred; a hostile one could have millions.</summary>
internal sealed class XlsxNames : XmlNameTable
{
    private const int MaxNames = 10_000;

    private readonly NameTable names = new();
    private int count;

    public override string Add(char[] array, int offset, int length) =>
        names.Get(array, offset, length) ?? Counted(() => names.Add(array, offset, length));

    public override string Add(string array) => names.Get(array) ?? Counted(() => names.Add(array));

    public override string? Get(char[] array, int offset, int length) => names.Get(array, offset, length);

    public override string? Get(string array) => names.Get(array);

    private string Counted(Func<string> add) => ++count <= MaxNames ? add() : throw XlsxXml.TooComplex();
}
