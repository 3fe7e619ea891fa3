using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

/// <summary>Files that attack their reader: each limit applies before the attack costs more.</summary>
public sealed class HostileFileTests
{
    private static readonly TableLimits Small = new()
    {
        MaxColumns = 5,
        MaxCellCharacters = 20,
        MaxSharedTexts = 8,
        MaxSharedCharacters = 50,
    };

    public static TheoryData<string, string, int?, int?> CsvFiles => new()
    {
        { "a,b,c,d,e\n1,2,3,4,5,6\n", TableFault.TooManyColumns, 2, null },
        { "a,b\n1,\"" + new string('x', 21) + "\"\n", TableFault.CellTooLong, 2, 1 },
        { "a,b\n1,\"not closed\n2,3\n4,5\n6,7\n8,9", TableFault.BrokenFile, 2, 1 },
    };

    public static TheoryData<string, string, int?, int?> XlsxRows => new()
    {
        { "<row r=\"7\"><c r=\"F7\"><v>1</v></c></row>", TableFault.TooManyColumns, 7, null },
        { "<row><c/><c><v>" + new string('1', 21) + "</v></c></row>", TableFault.CellTooLong, 1, 1 },
        { "<row><c t=\"inlineStr\"><is><t>1234567890</t><t>12345678901</t></is></c></row>", TableFault.CellTooLong, 1, 0 },
        { "<row><c t=\"inlineStr\"><is><t><![CDATA[1234567890]]><![CDATA[12345678901]]></t></is></c></row>", TableFault.CellTooLong, 1, 0 },
        { "<row r=\"2000000\"/>", TableFault.BrokenFile, 1, null },
        { "<row r=\"3\"/><row r=\"3\"/>", TableFault.BrokenFile, 4, null },
        { "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", TableFault.BrokenFile, 1, null },
        { "<row><c r=\"ZZZZZZZZZZ1\"><v>1</v></c></row>", TableFault.BrokenFile, 1, null },
        { "<row><c t=\"s\"><v>0</v></c></row>", TableFault.BrokenFile, 1, null },
        { "<row><c t=\"s\"><v>-1</v></c></row>", TableFault.BrokenFile, 1, null },
        { "<row><c><v>1</c></row>", TableFault.BrokenFile, null, null },
        { "<row><c><v>&undefined;</v></c></row>", TableFault.BrokenFile, null, null },
    };

    [Theory]
    [MemberData(nameof(CsvFiles))]
    public void Csv_is_refused_at_its_limits(string text, string fault, int? row, int? column) =>
        AssertRefused(ReadTable.Utf8(text), fault, row, column);

    [Theory]
    [MemberData(nameof(XlsxRows))]
    public void Xlsx_is_refused_at_its_limits(string rows, string fault, int? row, int? column) =>
        AssertRefused(XlsxBook.OfRows(rows), fault, row, column);

    [Fact]
    public void A_row_with_as_much_as_is_allowed_is_read()
    {
        var line = string.Join(',', Enumerable.Repeat(new string('x', 20), 5));

        Assert.Single(ReadTable.Rows(ReadTable.Utf8(line), new() { Limits = Small }));
    }

    [Theory]
    [InlineData("<si><t>1234567890</t></si>", 6)]
    [InlineData("<si/>", 9)]
    public void Shared_texts_have_an_end(string text, int count) =>
        AssertRefused(XlsxBook.OfRows("<row><c t=\"s\"><v>0</v></c></row>", Lines(text, count)), TableFault.TooLarge);

    [Fact]
    public void No_XML_fetches_or_expands_anything()
    {
        var bomb = """<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>"""
            + XlsxBook.Sheet("<row><c t=\"str\"><v>&b;&x;</v></c></row>");

        AssertRefused(XlsxBook.OfParts(bomb, "", "", """<sheets><sheet name="S" r:id="rId1"/></sheets>"""), TableFault.BrokenFile);
    }

    [Fact]
    public void A_zip_bomb_ends_at_the_limit()
    {
        var rows = string.Concat(Enumerable.Repeat("<row/>", 1_000_000));
        using var file = XlsxBook.OfRows(rows);
        Assert.True(file.Length < 100_000);

        var refusal = ReadTable.Refusal(file, new() { Limits = new() { MaxUnpackedBytes = 1_000_000 } });

        Assert.Equal(TableFault.TooLarge, refusal.Code);
    }

    /// <summary>A parser keeps an attribute in memory until its end, so its length must be limited.</summary>
    [Theory]
    [InlineData("<row r=\"", "\"/>")]
    [InlineData("<row><c><v>", "</v></c></row>")]
    [InlineData("<row a", "=\"1\"/>")]
    public void A_name_or_an_attribute_or_a_text_of_many_megabytes_takes_no_memory(string before, string after)
    {
        using var file = XlsxBook.OfRows(before + new string('1', 40 * 1024 * 1024) + after);
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var refusal = ReadTable.Refusal(file);

        Assert.Equal(TableFault.CellTooLong, refusal.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 16L * 1024 * 1024);
    }

    /// <summary>A parser keeps every open element, and every name for ever.</summary>
    [Theory]
    [InlineData("nested")]
    [InlineData("named")]
    [InlineData("skipped")]
    public void Millions_of_open_elements_or_of_names_take_no_memory(string kind)
    {
        var rows = kind switch
        {
            "nested" => string.Concat(Enumerable.Repeat("<a>", 1_000_000)),
            "named" => string.Concat(Enumerable.Range(0, 1_000_000).Select(number => $"<a{number}/>")),
            _ => "<row><c t=\"inlineStr\"><is><rPh>" + string.Concat(Enumerable.Repeat("<a>", 1_000_000)),
        };
        using var file = XlsxBook.OfRows(rows);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(TableFault.TooLarge, ReadTable.Refusal(file).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 8L * 1024 * 1024);
    }

    /// <summary>Styles and relations are kept in memory, unlike rows.</summary>
    [Fact]
    public void What_describes_a_workbook_has_a_bound_of_its_own() =>
        AssertRefused(
            XlsxBook.OfRows("<row/>", styles: $"<cellXfs>{string.Concat(Enumerable.Repeat("<xf/>", 2_000_000))}</cellXfs>"),
            TableFault.TooLarge);

    [Fact]
    public void An_archive_of_very_many_parts_is_not_listed()
    {
        using var file = XlsxBook.Zip([.. Enumerable.Range(0, 10_000).Select(number => ($"xl/{number}.xml", "x"))]);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(TableFault.TooLarge, ReadTable.Refusal(file).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1024 * 1024);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read() =>
        Assert.Equal(TableFault.TooLarge, ReadTable.Refusal(ReadTable.Utf8("a,b\n1,2\n"), new() { Limits = new() { MaxBytes = 7 } }).Code);

    [Fact]
    public void A_quotation_mark_that_is_never_closed_does_not_take_the_file_for_a_cell()
    {
        using var file = ReadTable.Utf8("a,b\n1,\"" + string.Concat(Enumerable.Repeat("2,3\n", 6 * 1024 * 1024)));

        var refusal = ReadTable.Refusal(file);

        Assert.Equal((TableFault.BrokenFile, 2), (refusal.Code, refusal.Row));
    }

    [Theory]
    [InlineData(TableFault.NotATable, "D0CF11E0A1B11AE1")]
    [InlineData(TableFault.NotATable, "89504E470D0A1A0A0000000D49484452")]
    [InlineData(TableFault.NotATable, "63006F00640065002C0076000A00")]
    [InlineData(TableFault.BrokenFile, "504B0304")]
    [InlineData(TableFault.NotATable, "504B03040000504B0506000000000000000000000000000000000000")]
    public void What_is_no_workbook_is_refused(string fault, string bytes) =>
        Assert.Equal(fault, ReadTable.Refusal(new MemoryStream(Convert.FromHexString(bytes))).Code);

    [Fact]
    public void Another_zip_file_is_refused() =>
        AssertRefused(XlsxBook.Zip(("content.xml", "<office/>"), ("mimetype", "application/vnd.oasis.opendocument")), TableFault.NotATable);

    /// <summary>Changes or cuts off any byte of a good workbook: it is read or refused, and nothing else happens.</summary>
    [Fact]
    public void A_damaged_workbook_is_read_or_refused()
    {
        using var good = WrittenTable.OfTexts("xlsx", [("A", "B"), ("C", "D")]);
        var bytes = good.ToArray();
        var random = new Random(20_261_201);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(4, bytes.Length) : bytes.Length).ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                damaged[random.Next(4, damaged.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                ReadTable.Rows(new MemoryStream(damaged));
            }
            catch (TableException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 500, 2_000);
    }

    private static string Lines(string line, int count) => string.Join('\n', Enumerable.Repeat(line, count));

    private static void AssertRefused(Stream file, string fault, int? row = null, int? column = null)
    {
        var refusal = ReadTable.Refusal(file, new() { Limits = Small });
        Assert.Equal((fault, row, column), (refusal.Code, refusal.Row, refusal.Column));
    }
}
