using System.Globalization;
using System.Xml;

namespace Scrip.Files.Tables;

/// <summary>
/// The first visible sheet of an xlsx workbook (ISO/IEC 29500). Formulas are not computed: their stored results are read.
/// </summary>
internal sealed class XlsxFile : TableFile
{
    private readonly XlsxZip zip;
    private readonly TableLimits limits;
    private readonly string sheetPath;
    private readonly bool isWrittenByScrip;
    private readonly XlsxTexts texts;
    private readonly XlsxDates dates;

    private XlsxFile(XlsxZip zip, TableLimits limits)
    {
        this.zip = zip;
        this.limits = limits;
        var workbook = XlsxWorkbook.Read(zip);
        sheetPath = workbook.SheetPath;
        isWrittenByScrip = workbook.Application == XlsxWriter.Application;
        OtherSheets = workbook.OtherSheets;
        texts = XlsxTexts.Read(zip, workbook.TextsPath, limits);
        dates = XlsxDates.Read(zip, workbook.StylesPath, workbook.CountsFrom1904);
    }

    /// <summary>The number of visible sheets that are not read.</summary>
    public int OtherSheets { get; }

    public static XlsxFile Open(Stream file, TableLimits limits)
    {
        var zip = XlsxZip.Open(file, limits.MaxUnpackedBytes);
        try
        {
            return XlsxZip.Guarded(() => new XlsxFile(zip, limits));
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public override IEnumerable<TableRow> ReadRows()
    {
        var row = new TableRow();
        using var xml = zip.Read(sheetPath)
            ?? throw new TableException(TableFault.BrokenFile, "The workbook names a sheet that is missing.");
        var sheet = new XlsxSheet(xml, texts, dates, limits) { HasMarks = !isWrittenByScrip };
        Func<bool> readRow = () => sheet.Read(row);
        while (XlsxZip.Guarded(readRow))
        {
            if (!row.IsBlank)
                yield return row;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            zip.Dispose();
    }
}

/// <summary>The description of a workbook's parts.</summary>
/// <param name="OtherSheets">The number of further visible sheets.</param>
/// <param name="Application">The program that last saved the workbook.</param>
internal sealed record XlsxWorkbook(
    string SheetPath,
    int OtherSheets,
    string? TextsPath,
    string? StylesPath,
    bool CountsFrom1904,
    string? Application)
{
    private const string DefaultPath = "xl/workbook.xml";

    public static XlsxWorkbook Read(XlsxZip zip)
    {
        var path = Relations(zip, "").Values.FirstOrDefault(target => target.Type == "officeDocument").Path ?? DefaultPath;
        var relations = Relations(zip, path);
        using var xml = zip.ReadDescription(path)
            ?? throw new TableException(TableFault.NotATable, "The file is a zip archive, not an xlsx workbook. Save it as .xlsx or .csv.");
        var sheets = new List<string>();
        var countsFrom1904 = false;
        string? application = null;
        while (xml.Next())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "fileVersion")
                application = xml.GetAttribute("appName");
            else if (xml.LocalName == "workbookPr")
                countsFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            else if (xml.LocalName == "sheet" && xml.GetAttribute("state") is null or "visible" && RelationOf(xml) is { } id
                && relations.TryGetValue(id, out var target) && target.Type == "worksheet")
                sheets.Add(target.Path);
        }
        if (sheets.Count == 0)
            throw new TableException(TableFault.NotATable, "The workbook has no visible sheet.");
        return new(sheets[0], sheets.Count - 1, PathOf("sharedStrings"), PathOf("styles"), countsFrom1904, application);

        string? PathOf(string type) => relations.Values.FirstOrDefault(target => target.Type == type).Path;
    }

    /// <summary>The attribute <c>r:id</c>, whose namespace differs between the two editions of the format.</summary>
    private static string? RelationOf(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.Prefix.Length > 0)
                id = xml.Value;
        }
        xml.MoveToElement();
        return id;
    }

    private static Dictionary<string, (string Type, string Path)> Relations(XlsxZip zip, string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var relations = new Dictionary<string, (string Type, string Path)>(StringComparer.Ordinal);
        using var xml = zip.ReadDescription(string.Create(CultureInfo.InvariantCulture, $"{folder}_rels/{path[folder.Length..]}.rels"));
        while (xml?.Next() == true)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship"
                && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Type") is { } type && xml.GetAttribute("Target") is { } target)
                relations[id] = (type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target);
        }
        return relations;
    }
}
