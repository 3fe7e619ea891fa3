using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

public sealed class TableWritingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    static TableWritingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Csv_has_amounts_with_a_point_and_times_in_the_zone()
    {
        using var file = WrittenTable.Csv((writer, _) => WriteRow(writer));

        Assert.Equal(
            "\uFEFFid,code,balance,whole,thin,active,note,time\r\n"
            + "7,A-1,149.90,-5,-0.005,true,,2026-12-01T12:00:00+02:00\r\n",
            Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public void Xlsx_has_numbers_with_their_digits_and_dates_in_the_zone()
    {
        using var file = WrittenTable.Xlsx((writer, _) => WriteRow(writer));
        using var reader = ExcelReaderFactory.CreateReader(file);

        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.Equal(
            [7.0, "A-1", 149.9, -5.0, -0.005, true, null, new DateTime(2026, 12, 1, 12, 0, 0)],
            Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue));
        Assert.Equal(
            ["General", "@", "0.00", "0", "0.000", "General", "General", "yyyy\\-mm\\-dd hh:mm:ss"],
            Enumerable.Range(0, reader.FieldCount).Select(reader.GetNumberFormatString));
    }

    [Fact]
    public void Xlsx_has_its_captions_fixed_and_a_filter()
    {
        using var file = WrittenTable.Xlsx((writer, _) => WriteRow(writer));
        using var zip = new ZipArchive(file);
        using var text = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var sheet = text.ReadToEnd();

        Assert.Contains("""<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>""", sheet, StringComparison.Ordinal);
        Assert.Contains("""<autoFilter ref="A1:H2"/>""", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(100, 2, "1.00")]
    [InlineData(1234, 0, "1234")]
    [InlineData(0, 3, "0.000")]
    [InlineData(149_900, 3, "149.900")]
    [InlineData(long.MaxValue, 2, "92233720368547758.07")]
    [InlineData(long.MinValue, 2, "-92233720368547758.08")]
    public void An_amount_has_all_digits_of_its_currency(long minor, int digits, string text)
    {
        using var file = WrittenTable.Csv((writer, _) =>
        {
            writer.WriteCaptions(["amount"]);
            writer.WriteAmount(minor, digits);
            writer.EndRow();
        });

        Assert.Equal([text], ReadTable.Rows(file)[1].Cells);
    }

    [Fact]
    public void The_same_rows_make_the_same_bytes()
    {
        using var one = WrittenTable.Xlsx((writer, _) => WriteRow(writer));
        using var other = WrittenTable.Xlsx((writer, _) => WriteRow(writer));

        Assert.Equal(one.ToArray(), other.ToArray());
    }

    [Fact]
    public void A_workbook_that_was_not_completed_cannot_be_opened()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new XlsxWriter(buffer, "certificates", TimeZoneInfo.Utc))
            WriteRow(writer);

        Assert.Equal(TableFault.BrokenFile, ReadTable.Refusal(new MemoryStream(buffer.WrittenSpan.ToArray())).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("it's")]
    [InlineData("a name of more than thirty-one characters")]
    public void A_sheet_has_a_name_that_spreadsheets_allow(string name) =>
        Assert.Throws<ArgumentException>(() => new XlsxWriter(new System.Buffers.ArrayBufferWriter<byte>(), name, TimeZoneInfo.Utc));

    [Fact]
    public void A_sheet_ends_where_spreadsheets_end()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new XlsxWriter(buffer, "certificates", TimeZoneInfo.Utc);
        writer.WriteCaptions(["id"]);
        for (var row = 1; row <= XlsxWriter.MaxRows; row++)
        {
            writer.Write((long)row);
            writer.EndRow();
            buffer.ResetWrittenCount();
        }

        Assert.Throws<InvalidOperationException>(() => writer.Write(0L));
    }

    private static void WriteRow(ITableWriter writer)
    {
        writer.WriteCaptions(["id", "code", "balance", "whole", "thin", "active", "note", "time"]);
        writer.Write(7L);
        writer.Write("A-1"u8);
        writer.WriteAmount(14_990, 2);
        writer.WriteAmount(-5, 0);
        writer.WriteAmount(-5, 3);
        writer.Write(true);
        writer.Write((string?)null);
        writer.Write(Noon);
        writer.EndRow();
    }
}
