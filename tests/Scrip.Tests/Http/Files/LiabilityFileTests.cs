using System.Text;
using ExcelDataReader;
using Scrip.Tests.Files;
using Scrip.Tests.Http.Payments;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>The liability as a file: a row for each month of issue, in the year of <see cref="LiabilityTests"/>.</summary>
public sealed class LiabilityFileTests(LiabilityTests.PastYear year) : IClassFixture<LiabilityTests.PastYear>
{
    static LiabilityFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private HttpClient Shop => year.Scrip.Client;

    [Fact]
    public async Task A_file_has_a_row_for_each_month()
    {
        var answer = await Shop.FetchAsync(Liability + "?format=csv&from=2025-02-01&as_of=2025-03-01");

        Assert.Equal((200, "text/csv; charset=utf-8", "no-store"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Matches("^attachment; filename=\"liability-default-20[0-9-]{8}\\.csv\"$", answer.Header("Content-Disposition"));
        Assert.Equal(
            "month,from,as_of,currency,certificates,opening_balance,issued,adjusted,opening,captured,refunded,forfeited,closing_balance,"
            + "outstanding,held,inactive,not_started,expired\r\n"
            + "2025-01,2025-02-01T00:00:00+02:00,2025-03-01T00:00:00+02:00,MDL,2,1500.00,0.00,100.00,0.00,100.00,0.00,0.00,1500.00,1500.00,"
            + "0.00,1000.00,0.00,0.00\r\n"
            + "2025-02,2025-02-01T00:00:00+02:00,2025-03-01T00:00:00+02:00,MDL,2,0.00,500.00,0.00,0.00,0.00,0.00,0.00,500.00,500.00,"
            + "0.00,0.00,300.00,0.00\r\n",
            answer.Body.TrimStart('\uFEFF'));
    }

    [Theory]
    [InlineData("?format=csv&separator=semicolon&fields=month,outstanding&as_of=2025-03-01T00:00:00%2B02:00", ';')]
    [InlineData("?format=csv&separator=tab&fields=outstanding,month&as_of=2025-03-01T00:00:00%2B02:00", '\t')]
    public async Task Its_columns_and_its_separator_are_chosen(string query, char separator) => Assert.Equal(
        [["month", "outstanding"], ["2025-01", "1500.00"], ["2025-02", "500.00"]],
        StrictCsv.Parse((await Shop.FetchAsync(Liability + query)).Body.TrimStart('\uFEFF'), separator));

    [Theory]
    [InlineData("?format=xlsx&as_of=2025-03-01T00:00:00%2B02:00&fields=month,issued,certificates,as_of", null)]
    [InlineData("?as_of=2025-03-01T00:00:00%2B02:00&fields=month,issued,certificates,as_of", ImportCalls.Xlsx)]
    public async Task A_workbook_has_numbers_and_times(string query, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Liability + query);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Shop.SendAsync(request);
        Assert.Equal(ImportCalls.Xlsx, response.Content.Headers.ContentType!.ToString());
        using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync());
        using var reader = ExcelReaderFactory.CreateReader(file);

        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);

        Assert.Equal(
            [
                ["month", "as_of", "certificates", "issued"],
                ["2025-01", new DateTime(2025, 3, 1), 2.0, 1500.0],
                ["2025-02", new DateTime(2025, 3, 1), 2.0, 500.0],
            ],
            rows);
    }

    [Theory]
    [InlineData("?format=csv&fields=months", "?fields unknown_value")]
    [InlineData("?format=json&fields=month", "?fields unknown_value")]
    [InlineData("?format=pdf", "?format unknown_value")]
    [InlineData("?separator=tab", "?separator not_allowed")]
    [InlineData("?format=csv&page=1", "?page unknown_parameter")]
    public async Task What_the_file_cannot_be_is_refused(string query, string error) =>
        (await Shop.FetchAsync(Liability + query)).ExpectInvalid(error);

    [Fact]
    public async Task Of_a_HEAD_there_are_the_headers()
    {
        var head = await Shop.CallAsync("HEAD", Liability + "?format=xlsx", null);

        Assert.Equal((200, ImportCalls.Xlsx, ""), (head.Status, head.Header("Content-Type"), head.Body));
    }
}
