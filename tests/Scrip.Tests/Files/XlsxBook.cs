using System.IO.Compression;
using System.Text;

namespace Scrip.Tests.Files;

/// <summary>A workbook made of the XML of its parts, valid or hostile.</summary>
internal static class XlsxBook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public static MemoryStream OfRows(string rows, string texts = "", string styles = "", string properties = "") => OfParts(
        Sheet(rows), texts, styles, $"""<workbookPr {properties}/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>""");

    public static MemoryStream OfParts(string sheet, string texts, string styles, string workbook, string sheet2 = "") => Zip(
        ("_rels/.rels", $"""
            <Relationships xmlns="{Package}"><Relationship Id="a" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{workbook}</workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}">
            <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{Office}/worksheet" Target="/xl/worksheets/sheet2.xml"/>
            <Relationship Id="rId3" Type="{Office}/styles" Target="styles.xml"/>
            <Relationship Id="rId4" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/>
            </Relationships>
            """),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/worksheets/sheet2.xml", sheet2),
        ("xl/styles.xml", $"""<styleSheet xmlns="{Main}">{styles}</styleSheet>"""),
        ("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{texts}</sst>"""));

    public static string Sheet(string rows) => $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""";

    public static MemoryStream Zip(params (string Path, string Content)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in parts.Where(part => part.Content.Length > 0))
            {
                using var part = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        file.Position = 0;
        return file;
    }
}
