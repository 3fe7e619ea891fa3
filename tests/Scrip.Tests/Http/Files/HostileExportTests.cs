using System.Globalization;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using Scrip.Tests.Files;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>
/// A list of codes and notes that programs like to change, read by a strict parser as csv and by another library as xlsx: equal, cell by
/// cell. <c>SCRIP_TEST_EXPORT_ROWS=1000000</c> makes it as long as the longest that was tried.
/// </summary>
public sealed class HostileExportTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const int RowsOfACall = 100_000;

    private static readonly string[] Parts =
    [
        "=cmd|' /C calc'!A0", "+1", "@x", "-2+3", "\"quoted\"", "a,b;c\td", "هدية", "מתנה", "подарок", "🎁👩", "0012", "'mark", "<b>&amp;", "_x000D_",
        "#N/A", "1E+5", "礼物",
    ];

    private static readonly int Rows =
        int.TryParse(Environment.GetEnvironmentVariable("SCRIP_TEST_EXPORT_ROWS"), CultureInfo.InvariantCulture, out var rows) ? rows : 3_000;

    static HostileExportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Every_cell_is_what_it_was()
    {
        using var shop = await scrip.OpenShopAsync();
        for (var first = 1; first <= Rows; first += RowsOfACall)
        {
            var items = Enumerable.Range(first, Math.Min(RowsOfACall, Rows + 1 - first)).Select(row =>
                $$"""{"code":{{JsonSerializer.Serialize(CodeOf(row))}},"value":{{row}},"note":{{JsonSerializer.Serialize(NoteOf(row))}}}""");
            var created = await shop.CreateAsync($"[{string.Join(',', items)}]");
            Assert.True(created.Status == 201, created.Body);
        }

        var csv = StrictCsv.Parse(
            (await shop.GetStringAsync(Certificates + "?format=csv&fields=code,value,note")).TrimStart('\uFEFF'), ',');
        Assert.Equal(Rows + 1, csv.Count);
        for (var row = 1; row <= Rows; row++)
            Assert.Equal((CodeOf(row), Number(row), NoteOf(row)), (Unmarked(csv[row][0]), csv[row][1], Unmarked(csv[row][2])));
        Assert.All(csv.SelectMany(row => row), cell => Assert.DoesNotMatch("\\A[=@\t\r\n]|\\A[+-](?![0-9]+(\\.[0-9]+)?\\z)", cell));

        using var file = new MemoryStream(await shop.GetByteArrayAsync(Certificates + "?format=xlsx&fields=code,value,note"));
        using var sheet = ExcelReaderFactory.CreateReader(file);
        Assert.True(sheet.Read());
        for (var row = 1; row <= Rows; row++)
        {
            Assert.True(sheet.Read());
            Assert.Equal((CodeOf(row), (double)row, NoteOf(row)), ((string)sheet.GetValue(0), (double)sheet.GetValue(1), (string)sheet.GetValue(2)));
        }
        Assert.False(sheet.Read());
    }

    /// <summary>The part first, so that what it begins with is what the cell begins with. No code ends with a space.</summary>
    private static string CodeOf(int row) => Parts[row % Parts.Length].Replace("\t", " ", StringComparison.Ordinal) + "·" + Number(row);

    private static string NoteOf(int row) =>
        $"{Parts[(row + 5) % Parts.Length]}\n{Number(row)} \"{Parts[(row + 9) % Parts.Length]}\"\r\n".TrimEnd();

    private static string Unmarked(string cell) => cell is ['\'', .. var text] ? text : cell;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
