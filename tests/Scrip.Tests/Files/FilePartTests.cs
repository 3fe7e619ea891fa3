using System.Text;
using Scrip.Files.Import;
using Scrip.Files.Parts;

namespace Scrip.Tests.Files;

/// <summary>The parts of a file, read one after another, are the file.</summary>
public sealed class FilePartTests
{
    private static readonly string[] Texts = ["", "x", "a;b", "a,b", "two\r\nlines", "two\nlines", "say \"\"x\"\"", "Кириллица", "ăîșț", "=1+1", "'", " "];

    public static TheoryData<string, string, string> Forms => new()
    {
        { "utf-8", ",", "\n" },
        { "utf-8", ";", "\r\n" },
        { "utf-8", "\t", "\r" },
        { "utf-8-mark", ";", "\r\n" },
        { "utf-16", "\t", "\r\n" },
        { "utf-16be", ";", "\n" },
        { "windows-1251", ";", "\r\n" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_csv_file_is_the_sum_of_its_parts(string encoding, string separator, string lineBreak)
    {
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var bytes = Encode(encoding, RandomCsv(random, separator, lineBreak, encoding));
            Compare(bytes, new PartLimits(random.Next(1, 12), random.Next(2) == 0 ? int.MaxValue : 200));
        }
    }

    [Fact]
    public void A_workbook_is_the_sum_of_its_parts_cell_by_cell()
    {
        const string rows = """
            <row><c t="inlineStr"><is><t>code</t></is></c><c t="inlineStr"><is><t>value</t></is></c><c t="inlineStr"><is><t>balance</t></is></c>
            <c t="inlineStr"><is><t>expires_at</t></is></c><c t="inlineStr"><is><t>is_active</t></is></c><c t="inlineStr"><is><t>note</t></is></c></row>
            <row r="3"><c t="s"><v>0</v></c><c><v>100</v></c><c><v>50.1</v></c><c s="1"><v>46387</v></c><c t="b"><v>1</v></c><c t="s"><v>1</v></c></row>
            <row r="7"><c><v>17</v></c><c><v>1E2</v></c><c><v>0.30000000000000004</v></c><c t="d"><v>2027-12-31T10:00:00</v></c><c t="b"><v>0</v></c></row>
            <row r="8"><c t="inlineStr"><is><t>''Q</t></is></c><c t="str"><v>12,50</v></c><c/><c/><c/><c t="inlineStr"><is><t> _x0041_ &lt;&amp; </t></is></c></row>
            <row r="9"><c t="e"><v>#REF!</v></c><c><v>1</v></c></row>
            <row r="10"><c t="inlineStr"><is><t>Z</t></is></c><c t="e"><v>#N/A</v></c></row>
            """;
        const string styles = """<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>""";
        using var book = XlsxBook.OfRows(rows, "<si><t>'00123</t></si><si><t>two\nlines</t></si>", styles);
        for (var size = 1; size <= 6; size++)
            Compare(book.ToArray(), new PartLimits(size, int.MaxValue));
    }

    [Fact]
    public void Everything_above_the_captions_is_in_each_part()
    {
        var file = Encoding.UTF8.GetBytes("sep=;\r\n\r\n0,1\r\ncode;value\r\nA;1\r\n\r\nB;2");
        var parts = Divide(file, new PartLimits(1, int.MaxValue), out _, out _);
        Assert.Equal(
            ["sep=;\r\n\r\n0,1\r\ncode;value\r\nA;1\r\n", "sep=;\r\n\r\n0,1\r\ncode;value\r\nB;2"],
            parts.Select(part => Encoding.UTF8.GetString(part.Content.Span)));
        // The line that names the separator has no number.
        Assert.Equal([4, 6], parts.Select(part => part.RowOf(4)!.Value));
        Assert.Null(parts[0].RowOf(3));
        Assert.Null(parts[0].RowOf(5));
    }

    [Fact]
    public void Titles_are_in_each_part()
    {
        var file = Encoding.UTF8.GetBytes("Gift cards of May\n\ncode;value\nA;1\nB;2\n");
        var parts = Divide(file, new PartLimits(1, int.MaxValue), out _, out _);
        Assert.Equal(
            ["Gift cards of May\n\ncode;value\nA;1\n", "Gift cards of May\n\ncode;value\nB;2\n"],
            parts.Select(part => Encoding.UTF8.GetString(part.Content.Span)));
        Compare(file, new PartLimits(1, int.MaxValue));
    }

    [Fact]
    public void Without_captions_a_part_has_only_rows()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("A-1,10,2027-01-31,ann@example.com\nB-2,20,2027-01-31,\n"));
        using var opened = ImportFile.Open(stream, ImportSettings.Default with { Source = "pw" });
        Assert.Null(opened.Refusal);
        var parts = new FileParts(opened, stream, new PartLimits(1, int.MaxValue)).Divide([.. opened.ReadLines().Select(line => line.Row)]).ToList();
        Assert.Equal(
            ["A-1,10,2027-01-31,ann@example.com\n", "B-2,20,2027-01-31,\n"],
            parts.Select(part => Encoding.UTF8.GetString(part.Content.Span)));
        Assert.Equal([1, 2], parts.Select(part => part.RowOf(1)!.Value));
    }

    [Fact]
    public void The_titles_of_a_workbook_are_in_each_part()
    {
        const string rows = """
            <row><c t="inlineStr"><is><t>Gift cards of May</t></is></c></row>
            <row r="3"><c t="inlineStr"><is><t>code</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row>
            <row r="4"><c t="inlineStr"><is><t>A</t></is></c><c><v>1</v></c></row>
            <row r="6"><c t="inlineStr"><is><t>B</t></is></c><c><v>2</v></c></row>
            """;
        using var book = XlsxBook.OfRows(rows);
        Compare(book.ToArray(), new PartLimits(1, int.MaxValue));
    }

    private static void Compare(byte[] file, PartLimits limits)
    {
        var parts = Divide(file, limits, out var whole, out var options);
        var expected = new List<string>();
        foreach (var line in whole)
            expected.Add(Describe(line, line.Row));
        var actual = new List<string>();
        foreach (var part in parts)
        {
            using var stream = new MemoryStream(part.Content.ToArray());
            using var opened = ImportFile.Open(stream, options);
            Assert.Null(opened.Refusal);
            Assert.Equal(part.Rows.Count, opened.Rows);
            foreach (var line in opened.ReadLines())
                actual.Add(Describe(line, part.RowOf(line.Row)!.Value));
            Assert.True(part.Rows.Count <= limits.MaxRows);
        }
        Assert.Equal(expected, actual);
    }

    private static ImportOptions Options => ImportSettings.Default with
    {
        Source = "generic",
        Map = "code:code,value:value,balance:balance,expires_at:expires_at,is_active:is_active,note:note",
        Decimal = DecimalMark.Comma,
        Dates = DateOrder.DayMonthYear,
        FoldCode = code => code,
    };

    /// <param name="options">How to read the parts: as the whole file was read.</param>
    private static List<FilePart> Divide(byte[] file, PartLimits limits, out List<ImportLine> lines, out ImportOptions options)
    {
        using var stream = new MemoryStream(file);
        using var opened = ImportFile.Open(stream, Options);
        Assert.True(opened.Refusal is null, opened.Refusal?.Detail);
        lines = [.. opened.ReadLines()];
        var parts = new FileParts(opened, stream, limits);
        options = Options with { Separator = parts.Separator, Encoding = parts.Encoding };
        return [.. parts.Divide([.. lines.Select(line => line.Row)])];
    }

    private static string Describe(ImportLine line, int row) =>
        $"{row}: {(line.Certificate is { } certificate ? (certificate with { Row = 0 }).ToString() : "")} "
        + string.Join(" | ", line.Errors.Select(error => $"{error.Column} {error.Code} {error.Detail}")) + string.Join(" | ", line.Cells);

    private static string RandomCsv(Random random, string separator, string lineBreak, string encoding)
    {
        var texts = Texts.Where(text => encoding != "windows-1251" || !text.Contains('ș', StringComparison.Ordinal)).ToArray();
        var csv = new StringBuilder();
        for (var blank = random.Next(3); blank > 0; blank--)
            csv.Append(lineBreak);
        csv.Append(string.Join(separator, "code", "value", "balance", "expires_at", "is_active", "note")).Append(lineBreak);
        var count = random.Next(1, 40);
        for (var row = 1; row <= count; row++)
        {
            var note = texts[random.Next(texts.Length)];
            csv.Append(string.Join(separator, $"C{row}", row, random.Next(3) == 0 ? "\"0,50\"" : "x", "31.12.2027", "да", $"\"{note}\""));
            if (row < count || random.Next(2) == 0)
                csv.Append(lineBreak);
            for (var blank = random.Next(8) - 5; blank > 0 && row < count; blank--)
                csv.Append(lineBreak);
        }
        return csv.ToString();
    }

    private static byte[] Encode(string name, string text) => name switch
    {
        "utf-8-mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        "utf-16be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        "windows-1251" => CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };
}
