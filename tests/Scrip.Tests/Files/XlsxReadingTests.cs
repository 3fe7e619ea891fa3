using MiniExcelLibs;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

public sealed class XlsxReadingTests
{
    private const string Styles = """
        <numFmts count="4"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd hh:mm"/>
        <numFmt numFmtId="166" formatCode="0.00&quot; day&quot;"/><numFmt numFmtId="167" formatCode="[$-419]d mmmm yyyy;@"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>
        <xf numFmtId="167"/></cellXfs>
        """;

    [Theory]
    [InlineData("""<c><v>12.5</v></c>""", CellKind.Number, "12.5")]
    [InlineData("""<c><v>1.23456789012345E+15</v></c>""", CellKind.Number, "1.23456789012345E+15")]
    [InlineData("""<c t="s"><v>0</v></c>""", CellKind.Text, "shared")]
    [InlineData("""<c t="s"><v>1</v></c>""", CellKind.Text, "rich text")]
    [InlineData("""<c t="s"><v>2</v></c>""", CellKind.Text, " kept ")]
    [InlineData("""<c t="s"><v>3</v></c>""", CellKind.Text, "A\rB")]
    [InlineData("""<c t="s"><v>4</v></c>""", CellKind.Empty, "")]
    [InlineData("""<c t="inlineStr"><is><t>inline</t></is></c>""", CellKind.Text, "inline")]
    [InlineData("""<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>""", CellKind.Text, "_x0041_")]
    [InlineData("""<c t="inlineStr"><is><t>'=guarded</t></is></c>""", CellKind.Text, "=guarded")]
    [InlineData("""<c t="str"><f>"00"&amp;"123"</f><v>00123</v></c>""", CellKind.Text, "00123")]
    [InlineData("""<c><f>1+1</f><v>2</v></c>""", CellKind.Number, "2")]
    [InlineData("""<c><f>1+1</f></c>""", CellKind.Empty, "")]
    [InlineData("""<c t="b"><v>1</v></c>""", CellKind.Boolean, "true")]
    [InlineData("""<c t="b"><v>0</v></c>""", CellKind.Boolean, "false")]
    [InlineData("""<c t="e"><v>#REF!</v></c>""", CellKind.Error, "#REF!")]
    [InlineData("""<c t="d"><v>2027-12-31</v></c>""", CellKind.Date, "2027-12-31")]
    [InlineData("""<c s="1"><v>46752</v></c>""", CellKind.Date, "2027-12-31")]
    [InlineData("""<c s="2"><v>46752.770833333336</v></c>""", CellKind.Date, "2027-12-31T18:30:00")]
    [InlineData("""<c s="3"><v>46752</v></c>""", CellKind.Date, "2027-12-31")]
    [InlineData("""<c s="4"><v>46753</v></c>""", CellKind.Date, "2028-01-01T00:00:00")]
    [InlineData("""<c s="5"><v>46752</v></c>""", CellKind.Number, "46752")]
    [InlineData("""<c s="6"><v>46752</v></c>""", CellKind.Date, "2027-12-31")]
    [InlineData("""<c s="99"><v>46752</v></c>""", CellKind.Number, "46752")]
    [InlineData("""<c s="1"><v>1E+300</v></c>""", CellKind.Number, "1E+300")]
    public void A_cell_is_what_the_workbook_says(string cell, CellKind kind, string text)
    {
        const string Texts = """
            <si><t>shared</t></si>
            <si><r><t>rich</t></r><r><rPr/><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si>
            <si><t xml:space="preserve"> kept </t></si><si><t>A_x000D_B</t></si><si/>
            """;
        using var file = XlsxBook.OfRows($"""<row r="1">{cell}<c t="inlineStr"><is><t>end</t></is></c></row>""", Texts, Styles);

        Assert.Equal([(kind, text), (CellKind.Text, "end")], ReadTable.Cells(file));
    }

    [Fact]
    public void Cells_and_rows_that_are_missing_leave_their_place_empty()
    {
        using var file = XlsxBook.OfRows("""
            <row r="2"><c r="B2"><v>1</v></c><c r="E2"><v>2</v></c><c r="XFD2" s="0"/></row><row r="3"/><row r="9"><c><v>3</v></c></row>
            """);

        var rows = ReadTable.Rows(file);

        Assert.Equal([2, 9], rows.Select(row => row.Number));
        Assert.Equal([["", "1", "", "", "2"], ["3"]], rows.Select(row => row.Cells));
    }

    [Fact]
    public void Days_may_be_counted_from_1904()
    {
        using var file = XlsxBook.OfRows("""<row><c s="1"><v>45290</v></c></row>""", "", Styles, "date1904=\"1\"");

        Assert.Equal([(CellKind.Date, "2027-12-31")], ReadTable.Cells(file));
    }

    [Fact]
    public void The_first_visible_sheet_is_read()
    {
        using var file = XlsxBook.OfParts(
            XlsxBook.Sheet("<row><c><v>1</v></c></row>"), "", "",
            """<sheets><sheet name="A" sheetId="1" state="hidden" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId2"/></sheets>""",
            XlsxBook.Sheet("<row><c><v>2</v></c></row>"));

        Assert.Equal([["2"]], ReadTable.Rows(file).Select(row => row.Cells));
    }

    [Fact]
    public void A_workbook_of_another_library_is_read()
    {
        using var file = new MemoryStream();
        file.SaveAs(new[]
        {
            new { Code = "00123", Value = 12.5m, Note = "подарок\n<b>", Until = new DateTime(2027, 12, 31), Active = true },
            new { Code = "=cmd", Value = 1000m, Note = " x ", Until = new DateTime(2027, 12, 31, 18, 30, 0), Active = false },
        });

        var cells = ReadTable.Cells(file);

        Assert.Equal(
            [
                (CellKind.Text, "00123"), (CellKind.Number, "12.5"), (CellKind.Text, "подарок\n<b>"), (CellKind.Date, "2027-12-31"),
                (CellKind.Boolean, "true"),
            ],
            cells[5..10]);
        Assert.Equal((CellKind.Text, "=cmd"), cells[10]);
        Assert.Equal((CellKind.Date, "2027-12-31T18:30:00"), cells[13]);
    }
}
