using System.Text;
using ExcelDataReader;
using MiniExcelLibs;

namespace Scrip.Tests.Files;

public sealed class TableRoundTripTests
{
    private static readonly (string Code, string Note)[] Texts =
        [.. HostileTexts.All.Select((text, place) => (text, HostileTexts.All[^(place + 1)]))];

    /// <summary>The other library requires a code page that it does not need for xlsx.</summary>
    static TableRoundTripTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("Comma")]
    [InlineData("Semicolon")]
    [InlineData("Tab")]
    [InlineData("xlsx")]
    public void What_is_written_is_read_again(string kind)
    {
        using var file = WrittenTable.OfTexts(kind, Texts);

        var rows = ReadTable.Rows(file);

        Assert.Equal(Texts.Select(row => new[] { row.Code, row.Note }).Prepend(["code", "note"]), rows.Select(row => row.Cells));
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => row.Number));
    }

    [Theory]
    [InlineData("Comma", ',')]
    [InlineData("Semicolon", ';')]
    [InlineData("Tab", '\t')]
    public void Csv_is_as_RFC_4180_has_it_but_for_the_apostrophe_before_a_formula(string kind, char separator)
    {
        using var file = WrittenTable.OfTexts(kind, Texts);
        var bytes = file.ToArray();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);

        var rows = StrictCsv.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(3)), separator);

        Assert.Equal(Texts.Select(row => new[] { Marked(row.Code), Marked(row.Note) }).Prepend(["code", "note"]), rows);
        Assert.All(rows.SelectMany(row => row), cell => Assert.DoesNotMatch("\\A[=@＝＋－＠\t\r\n]", cell));
    }

    [Fact]
    public void Another_library_reads_the_same_from_xlsx()
    {
        using var file = WrittenTable.OfTexts("xlsx", Texts);
        using var reader = ExcelReaderFactory.CreateReader(file);

        foreach (var (code, note) in Texts.Prepend(("code", "note")))
        {
            Assert.True(reader.Read());
            Assert.Equal((code, note), ((string)reader.GetValue(0), (string)reader.GetValue(1)));
        }
        Assert.False(reader.Read());
        Assert.Equal(1, reader.ResultsCount);
        Assert.Equal("certificates", reader.Name);
    }

    [Fact]
    public void A_third_library_reads_the_same_from_xlsx()
    {
        // The library does not know the format's own escape, which another test covers.
        var texts = Texts.Where(row => !IsEscaped(row.Code) && !IsEscaped(row.Note)).ToArray();
        Assert.True(texts.Length > 20);
        using var file = WrittenTable.OfTexts("xlsx", texts);

        var rows = MiniExcel.Query(file).Cast<IDictionary<string, object?>>().Select(row => ((string)row["A"]!, (string)row["B"]!));

        Assert.Equal(texts.Prepend(("code", "note")), rows);

        static bool IsEscaped(string text) => text.Contains("_x", StringComparison.Ordinal) || text.AsSpan().ContainsAny("\u0001\r\uFFFE");
    }

    private static string Marked(string text) =>
        text is "#REF!" or ['\'' or '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n', ..] && text is not ("+1" or "-5.00") ? "'" + text : text;
}
