using System.Globalization;
using System.Security;
using System.Text;

namespace Scrip.Files.Tables;

/// <summary>The parts of a workbook that do not depend on its rows, and the styles to which its cells refer by number.</summary>
internal static class XlsxParts
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private const int MaxAmountDigits = 4;

    public static byte[] ContentTypes { get; } = Bytes($"""
        <Types xmlns="{Package}content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}.worksheet+xml"/>
        <Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/></Types>
        """);

    public static byte[] Relations { get; } = Bytes($"""
        <Relationships xmlns="{Package}relationships">
        <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """);

    public static byte[] WorkbookRelations { get; } = Bytes($"""
        <Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
        """);

    /// <summary>
    /// The styles, to which cells refer by their position in <c>cellXfs</c>: 0 plain, 1 text, 2 caption, 3 time, from 4 on amounts with 0,
    /// 1, 2 … digits.
    /// </summary>
    public static byte[] Styles { get; } = Bytes($"""
        <styleSheet xmlns="{Sheets}"><numFmts count="{MaxAmountDigits + 2}"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm:ss"/>
        {Repeat(digits => $"""<numFmt numFmtId="{165 + digits}" formatCode="{AmountFormat(digits)}"/>""")}</numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="{MaxAmountDigits + 5}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        {Repeat(digits => $"""<xf numFmtId="{165 + digits}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>""")}
        </cellXfs></styleSheet>
        """);

    private static readonly byte[][] AmountCells =
        [.. Enumerable.Range(0, MaxAmountDigits + 1).Select(digits => Encoding.UTF8.GetBytes($"""<c s="{4 + digits}"><v>"""))];

    public static ReadOnlySpan<byte> TextStyle => """<c s="1" t="inlineStr">"""u8;

    public static ReadOnlySpan<byte> CaptionStyle => """<c s="2" t="inlineStr">"""u8;

    public static ReadOnlySpan<byte> TimeCell => """<c s="3"><v>"""u8;

    public static ReadOnlySpan<byte> AmountCell(int digits) => AmountCells[digits];

    public static byte[] SheetStart(int columns) => Bytes($"""
        <worksheet xmlns="{Sheets}"><sheetViews><sheetView workbookViewId="0">
        <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
        <cols><col min="1" max="{columns}" width="20" customWidth="1"/></cols><sheetData>
        """);

    public static byte[] SheetEnd(int columns, int rows) =>
        Encoding.UTF8.GetBytes($"""</sheetData><autoFilter ref="A1:{Column(columns)}{rows}"/></worksheet>""");

    public static byte[] Workbook(string sheetName, int columns, int rows)
    {
        var name = SecurityElement.Escape(sheetName);
        var filtered = $"'{name}'!$A$1:${Column(columns)}${rows}";
        return Bytes($"""
            <workbook xmlns="{Sheets}" xmlns:r="{Office}"><fileVersion appName="{XlsxWriter.Application}"/>
            <bookViews><workbookView/></bookViews><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>
            <definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}</definedName></definedNames>
            </workbook>
            """);
    }

    private static string Column(int number)
    {
        var letters = "";
        for (; number > 0; number = (number - 1) / 26)
            letters = (char)('A' + ((number - 1) % 26)) + letters;
        return letters;
    }

    private static string AmountFormat(int digits) => digits == 0 ? "0" : $"0.{new string('0', digits)}";

    private static string Repeat(Func<int, string> style) => string.Concat(Enumerable.Range(0, MaxAmountDigits + 1).Select(style));

    private static byte[] Bytes(FormattableString xml) =>
        Encoding.UTF8.GetBytes(Declaration + xml.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings(""));
}
