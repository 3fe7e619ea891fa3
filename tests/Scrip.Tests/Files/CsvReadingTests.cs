using System.Text;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

public sealed class CsvReadingTests
{
    [Theory]
    [InlineData("a,b\r\nc,d\r\n")]
    [InlineData("a,b\nc,d")]
    [InlineData("\uFEFFa,b\nc,d\n")]
    [InlineData("a;b\nc;d\n")]
    [InlineData("a\tb\nc\td\n")]
    [InlineData("sep=;\r\na;b\r\nc;d\r\n")]
    [InlineData("\uFEFFsep=,\r\na,b\r\nc,d\r\n")]
    [InlineData("\"a\",\"b\"\n\"c\",\"d\"\n")]
    public void A_file_is_read_however_it_is_written(string text) =>
        Assert.Equal([["a", "b"], ["c", "d"]], ReadTable.Rows(ReadTable.Utf8(text)).Select(row => row.Cells));

    [Fact]
    public void Blank_lines_are_left_out_and_counted()
    {
        var rows = ReadTable.Rows(ReadTable.Utf8("\r\na,b\r\n\r\n,\r\n \t,  \r\nc,\"d\ne\"\r\n\r\nf,g\r\n\r\n"));

        Assert.Equal([2, 6, 8], rows.Select(row => row.Number));
        Assert.Equal([["a", "b"], ["c", "d\ne"], ["f", "g"]], rows.Select(row => row.Cells));
    }

    [Theory]
    [InlineData("code,value,note\nA,\"25,00\",x\nB,\"30,00\",\n", 3)]
    [InlineData("code;value;balance\nA;25,00;25,00\nB;25,00;25,00\nC;25,00;12,50\n", 3)]
    [InlineData("code\tnote\nA\tone, two; three\nB\tfour, five; six\n", 2)]
    [InlineData("0,1,2\nOrder;Code;Amount\n1;A;25\n2;B;30\n", 3)]
    [InlineData("code\nA\nB\n", 1)]
    [InlineData("note,code\n\"a;b;c;d\",A\n\"e;f;g;h\",B\n", 2)]
    public void The_separator_is_what_the_lines_agree_on(string text, int columns) =>
        Assert.Equal(columns, ReadTable.Rows(ReadTable.Utf8(text))[^1].Cells.Length);

    [Theory]
    [InlineData("plain", CellKind.Plain, "plain")]
    [InlineData("'00123", CellKind.Text, "00123")]
    [InlineData("''x", CellKind.Text, "'x")]
    [InlineData("=\"00123\"", CellKind.Text, "00123")]
    [InlineData("\"=\"\"00123\"\"\"", CellKind.Text, "00123")]
    [InlineData("\"=\"\"say \"\"\"\"no\"\"\"\"\"\"\"", CellKind.Text, "say \"no\"")]
    [InlineData("'=\"00123\"", CellKind.Text, "=\"00123\"")]
    [InlineData("=A1+B1", CellKind.Plain, "=A1+B1")]
    [InlineData("a 5\" or 6\" card", CellKind.Plain, "a 5\" or 6\" card")]
    [InlineData("the \"best; or\" card", CellKind.Plain, "the \"best; or\" card")]
    [InlineData("the \"best\" card", CellKind.Plain, "the \"best\" card")]
    [InlineData("\"5\"\" card, new\"", CellKind.Plain, "5\" card, new")]
    [InlineData("\"\"", CellKind.Empty, "")]
    [InlineData("#REF!", CellKind.Error, "#REF!")]
    [InlineData("######", CellKind.Error, "######")]
    [InlineData("#1", CellKind.Plain, "#1")]
    [InlineData("", CellKind.Empty, "")]
    public void A_cell_says_what_it_is(string cell, CellKind kind, string text) =>
        Assert.Equal([(CellKind.Plain, "x"), (kind, text)], ReadTable.Cells(ReadTable.Utf8($"x,{cell}\r\n")));

    /// <summary>A parser would take both rows for one, and a certificate would be lost.</summary>
    [Theory]
    [InlineData("a,5\" card\r\nb,5\" card\r\n", 2)]
    [InlineData("a,\"5\" card\"\r\nb,c\r\n", 2)]
    [InlineData("a,\"b\"c\r\n", 2)]
    [InlineData("a, \"b, c\"\r\n", 2)]
    [InlineData("a,\"b\r\nc,d\r\n", 2)]
    public void A_quotation_mark_that_could_hide_a_row_is_refused(string text, int row)
    {
        var refusal = ReadTable.Refusal(ReadTable.Utf8("x,y\r\n" + text));

        Assert.Equal((TableFault.BrokenFile, row, 1), (refusal.Code, refusal.Row, refusal.Column));
    }

    [Theory]
    [InlineData(1251, "Код;Примечание\r\nA;подарок, їжа\r\n")]
    [InlineData(1250, "Cod;Notă\r\nA;mulţumesc, reţinut în şoaptă\r\n")]
    [InlineData(65001, "Код;Примечание\r\nA;подарок\r\n")]
    [InlineData(1200, "Код\tNotă\r\nA\tподарок ăîș\r\n")]
    public void The_encoding_is_found(int codePage, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        byte[] mark = codePage == 1200 ? encoding.GetPreamble() : [];
        using var file = new MemoryStream([.. mark, .. encoding.GetBytes(text)]);

        var separator = codePage == 1200 ? '\t' : ';';
        Assert.Equal(StrictCsv.Parse(text, separator), ReadTable.Rows(file).Select(row => row.Cells));
    }

    [Fact]
    public void An_encoding_that_is_named_is_taken()
    {
        using var file = new MemoryStream([(byte)'A', 0xE3, (byte)'\n', (byte)'B']);

        Assert.Equal("Aг", ReadTable.Rows(file, new() { Encoding = CsvEncoding.Windows1251 })[0].Cells[0]);
        Assert.Equal("Aă", ReadTable.Rows(file, new() { Encoding = CsvEncoding.Windows1250 })[0].Cells[0]);
        Assert.Equal("A\uFFFD", ReadTable.Rows(file, new() { Encoding = CsvEncoding.Utf8 })[0].Cells[0]);
    }

    [Fact]
    public void A_separator_that_is_named_is_taken() =>
        Assert.Equal(["a,b", "c"], ReadTable.Rows(ReadTable.Utf8("a,b;c\n"), new() { Separator = CsvSeparator.Semicolon })[0].Cells);

    /// <summary>A character may cross the border of two blocks that are read.</summary>
    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(131_071)]
    public void UTF_8_is_found_wherever_its_characters_lie(int before)
    {
        using var file = ReadTable.Utf8(string.Concat(Enumerable.Repeat("b\n", before / 2)) + (before % 2 == 1 ? "b" : "") + "ї\n");

        Assert.EndsWith("ї", ReadTable.Rows(file)[^1].Cells[0], StringComparison.Ordinal);
    }
}
