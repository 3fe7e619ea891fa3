using Scrip.Files.Import;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

public sealed class ImportFileTests
{
    private const string Head = "code,value,balance,expires_at\n";

    [Fact]
    public void A_refused_row_comes_back_with_its_cells()
    {
        using var file = ImportFile.Open(ReadTable.Utf8(Head + "A,100,x,2027-12-31\nB,100\n"), ImportSettings.Default);
        var lines = file.ReadLines().ToArray();

        Assert.Equal(["code", "value", "balance", "expires_at"], file.Captions);
        Assert.Equal(["A", "100", "x", "2027-12-31"], lines[0].Cells);
        Assert.Equal([new(2, "balance", ImportFault.NotAnAmount, "x is not an amount with a decimal point.")], lines[0].Errors);
        Assert.Null(lines[0].Certificate);
        Assert.Equal(("B", 3), (lines[1].Certificate!.Code, lines[1].Certificate!.Row));
        Assert.Empty(lines[1].Errors);
    }

    [Fact]
    public void The_rows_can_be_read_again()
    {
        using var file = ImportFile.Open(ReadTable.Utf8(Head + "A,100.50,,\nB,100.50,,\n"), ImportSettings.Default);

        Assert.Equal(2, file.Rows);
        var first = file.ReadLines().Select(line => line.Certificate).ToArray();
        var warnings = file.Warnings;
        Assert.Equal(ImportWarning.RoundedValue, Assert.Single(warnings).Code);
        Assert.Equal(first, file.ReadLines().Select(line => line.Certificate));
        Assert.Equal(warnings, file.Warnings);
    }

    [Theory]
    [InlineData("2027-12-31", ExpiryDay.Inclusive, "2027-12-31T22:00:00Z")]
    [InlineData("2027-12-31", ExpiryDay.Exclusive, "2027-12-30T22:00:00Z")]
    [InlineData("2027-12-31T18:30:00Z", ExpiryDay.Inclusive, "2027-12-31T18:30:00Z")]
    [InlineData("2027-12-31 18:30", ExpiryDay.Inclusive, "2027-12-31T16:30:00Z")]
    [InlineData("2027-12-31 00:00", ExpiryDay.Inclusive, "2027-12-30T22:00:00Z")]
    [InlineData("9999-12-31", ExpiryDay.Inclusive, null)]
    [InlineData("2027-03-27", ExpiryDay.Inclusive, "2027-03-27T22:00:00Z")]
    [InlineData("2027-03-28", ExpiryDay.Inclusive, "2027-03-28T21:00:00Z")]
    [InlineData("2027-03-28 02:30", ExpiryDay.Inclusive, "2027-03-28T00:30:00Z")]
    [InlineData("2027-10-31 02:30", ExpiryDay.Inclusive, "2027-10-30T23:30:00Z")]
    public void An_expiry_is_an_instant_where_the_site_is(string date, ExpiryDay expiry, string? instant)
    {
        var read = Read(Head + $"A,100,,{date}\n", options => options with { Expiry = expiry });

        Assert.Equal(instant is null ? null : DateTimeOffset.Parse(instant), Assert.Single(read.Certificates).ExpiresAt);
    }

    /// <summary>Outside Scrip's own files, midnight is the way in which a program writes a day.</summary>
    [Fact]
    public void A_midnight_of_a_foreign_file_is_its_day()
    {
        var read = Read("number,balance,expiration_date\nA,100,2027-12-31 00:00:00\n");

        Assert.Equal(new DateTimeOffset(2027, 12, 31, 22, 0, 0, TimeSpan.Zero), Assert.Single(read.Certificates).ExpiresAt);
    }

    [Fact]
    public void Names_come_only_if_they_are_to_be_kept()
    {
        const string File = "Code,Initial_value,email\nA,100,ana@example.com\n";

        Assert.Equal("email: ana@example.com", Assert.Single(Read(File).Certificates).Names);
        Assert.Null(Assert.Single(Read(File, options => options with { KeepNames = false }).Certificates).Names);
    }

    [Fact]
    public void A_convention_that_is_named_refuses_the_rows_that_do_not_fit()
    {
        var read = Read(
            Head + "A,100,25.00,2027-12-31\nB,100,\"25,00\",2027-12-31\nC,100,10.00,31.12.2027\n",
            options => options with { Decimal = DecimalMark.Point, Dates = DateOrder.YearMonthDay });

        Assert.Equal([2], read.Certificates.Select(certificate => certificate.Row));
        Assert.Equal([ImportFault.NotAnAmount, ImportFault.NotADate], read.Errors.Select(error => error.Code));
    }

    /// <summary>In Kuwaiti dinars every amount looks like thousands; Scrip's own files have all three digits, and a point.</summary>
    [Fact]
    public void An_own_file_in_a_currency_of_three_digits_is_not_open()
    {
        static ImportOptions Kuwait(ImportOptions options) => options with { Currency = "KWD", CurrencyDigits = 3 };

        Assert.Equal(149_900, Assert.Single(Read(Head + "A,150,149.900,\n", Kuwait).Certificates).Balance);
        Assert.Equal(ImportFault.AmbiguousDecimals, Assert.Single(Read(Head + "A,150,\"149,900\",\n", Kuwait).Errors).Code);
        Assert.Equal(ImportFault.AmbiguousDecimals, Assert.Single(Read("code,points\nA,149.900\n", Kuwait).Errors).Code);
    }

    [Theory]
    [InlineData("JPY", 0, "1500", 1500)]
    [InlineData("MDL", 2, "1500", 150_000)]
    [InlineData("KWD", 3, "1500", 1_500_000)]
    public void Amounts_are_in_the_minor_unit_of_the_currency(string currency, int digits, string value, long minor)
    {
        var read = Read(Head + $"A,{value},,\n", options => options with { Currency = currency, CurrencyDigits = digits });

        Assert.Equal((minor, minor), (read.Certificates[0].Value, read.Certificates[0].Balance));
        Assert.Equal((minor, minor), (read.Value, read.Balance));
    }

    [Theory]
    [InlineData("", ImportFault.Empty)]
    [InlineData("\r\n\r\n", ImportFault.Empty)]
    [InlineData("code,value\n", ImportFault.Empty)]
    [InlineData("code,code,value\nA,B,1\n", ImportFault.RepeatedColumn)]
    [InlineData("note,value\nA,1\n", ImportFault.UnknownColumns)]
    [InlineData("code,value,Номинал\nA,1,1\n", ImportFault.RepeatedColumn)]
    public void A_file_is_refused_as_a_whole(string text, string fault)
    {
        var read = Read(text);

        Assert.Equal(fault, Assert.Single(read.Errors).Code);
        Assert.Null(read.Source);
    }

    [Theory]
    [InlineData("nobody", null, ImportFault.UnknownSource)]
    [InlineData("generic", null, ImportFault.InvalidMap)]
    [InlineData("generic", "code", ImportFault.InvalidMap)]
    [InlineData("generic", "code:", ImportFault.InvalidMap)]
    [InlineData("generic", "colour:code", ImportFault.InvalidMap)]
    [InlineData("generic", "value:value", ImportFault.MissingColumn)]
    [InlineData("generic", "code:code", ImportFault.MissingColumn)]
    [InlineData("auto", "code:code", ImportFault.InvalidMap)]
    [InlineData("spree", null, ImportFault.MissingColumn)]
    public void A_source_that_does_not_fit_is_refused(string source, string? map, string fault) =>
        Assert.Equal(fault, Assert.Single(Read("code,value\nA,1\n", options => options with { Source = source, Map = map }).Errors).Code);

    [Fact]
    public void A_fault_of_the_table_names_the_row_and_the_caption()
    {
        var read = Read("code,value\nA,1\nB," + new string('1', 40_000) + "\n");

        Assert.Equal([(3, "value", TableFault.CellTooLong)], read.Errors.Select(error => (error.Row!.Value, error.Column!, error.Code)));
    }

    [Theory]
    [InlineData("", 100, true)]
    [InlineData("", 101, false)]
    [InlineData("0,1\n", 100, true)]
    public void An_import_has_at_most_so_many_rows(string above, int rows, bool isTaken)
    {
        var lines = string.Concat(Enumerable.Range(1, rows).Select(number => $"C{number},1\n\n"));
        var read = Read(
            above + "code,value\n" + lines, options => options with { Source = "scrip", Limits = new() { MaxRows = 100 } });

        Assert.Equal(isTaken ? [] : new[] { (ImportFault.TooManyRows, 2 + (2 * 100)) }, read.Errors.Select(error => (error.Code, error.Row ?? 0)));
    }

    /// <summary>A code that is a text was never a number, so a 0 at its end is its own digit.</summary>
    [Theory]
    [InlineData("1234567890123450", "1234567890123460", 2)]
    [InlineData("1234567890123450", "1234567890123461", 0)]
    [InlineData("12345678901234500", "K7Q2", 1)]
    [InlineData("12345678901234510", "K7Q2", 0)]
    [InlineData("123456789012345", "123456789012340", 0)]
    [InlineData("'1234567890123450", "'1234567890123460", 0)]
    [InlineData("=\"1234567890123450\"", "=\"1234567890123460\"", 0)]
    public void Long_codes_that_all_end_in_zeros_are_refused_unless_they_are_texts(string one, string other, int refused)
    {
        var read = Read($"code,value\n{one},1\n{other},1\n");

        Assert.Equal(Enumerable.Repeat(ImportFault.LostDigits, refused), read.Errors.Select(error => error.Code));
        Assert.Equal(2 - refused, read.Certificates.Count);
    }

    [Theory]
    [InlineData("<c><v>123</v></c>", null, ImportWarning.NumericCode)]
    [InlineData("<c t=\"inlineStr\"><is><t>00123</t></is></c>", null, null)]
    [InlineData("<c t=\"inlineStr\"><is><t>1234567890123450</t></is></c>", null, null)]
    [InlineData("<c><v>1234567890123450</v></c>", ImportFault.ScientificNotation, null)]
    [InlineData("<c><v>1.23456789012345E+15</v></c>", ImportFault.ScientificNotation, null)]
    [InlineData("<c><v>12.5</v></c>", ImportFault.ScientificNotation, null)]
    [InlineData("<c s=\"1\"><v>46752</v></c>", ImportFault.ChangedCode, null)]
    [InlineData("<c t=\"b\"><v>1</v></c>", ImportFault.ChangedCode, null)]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", ImportFault.ErrorCell, null)]
    [InlineData("<c/>", ImportFault.MissingCode, null)]
    public void A_code_in_a_workbook_is_taken_as_it_is_or_not_at_all(string cell, string? fault, string? warning)
    {
        using var file = XlsxBook.OfRows(
            "<row><c t=\"inlineStr\"><is><t>code</t></is></c><c t=\"inlineStr\"><is><t>value</t></is></c></row>"
            + $"<row>{cell}<c><v>100</v></c></row>",
            styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>");

        var read = ImportFile.Read(file, ImportSettings.Default);

        Assert.Equal(fault, read.Errors.SingleOrDefault()?.Code);
        Assert.Equal(warning, read.Warnings.SingleOrDefault()?.Code);
    }

    /// <summary>The sum of a hostile file exceeds a long.</summary>
    [Fact]
    public void Sums_have_no_end()
    {
        var read = Read("code,value\n" + string.Concat(Enumerable.Range(1, 100).Select(number => $"C{number},40000000000000000\n")));

        Assert.Equal(4_000_000_000_000_000_000m * 100, read.Value);
    }

    private static ImportResult Read(string text, Func<ImportOptions, ImportOptions>? change = null)
    {
        using var file = ReadTable.Utf8(text);
        return ImportFile.Read(file, change?.Invoke(ImportSettings.Default) ?? ImportSettings.Default);
    }
}
