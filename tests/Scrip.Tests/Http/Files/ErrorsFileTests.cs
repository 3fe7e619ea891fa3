using System.Text;
using System.Text.Json;
using Scrip.Tests.Files;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.Files;

/// <summary>Refused rows that come back as a file, so that a person can correct them where they are.</summary>
public sealed class ErrorsFileTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string ErrorsFile = "?errors_file=csv";

    [Fact]
    public async Task Refused_rows_come_back_as_they_were_with_the_reasons()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"THERE"}]""");
        const string file = "Code;Value;Balance;Note\nA;10;5;fine\n'=1+1;x;5;\"a \"\"note\"\"; and\nanother line\"\nTHERE;3;;\n";

        var answer = await shop.ImportAsync(ErrorsFile, file);
        var both = await shop.ImportAsync(ErrorsFile, file.Replace(";x;", ";7;", StringComparison.Ordinal));

        Assert.Equal((400, "text/csv; charset=utf-8", "no-store"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.StartsWith("attachment; filename=\"import-errors-", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(
            [
                ["Code", "Value", "Balance", "Note", "Import error"],
                ["'=1+1", "x", "5", "a \"note\"; and\nanother line", "Value: x is not an amount with a decimal point."],
            ],
            StrictCsv.Parse(answer.Body.TrimStart('\uFEFF'), ';'));
        Assert.Equal(
            [["Code", "Value", "Balance", "Note", "Import error"], ["THERE", "3", "", "", "Code: Certificate 1 has this code."]],
            StrictCsv.Parse(both.Body.TrimStart('\uFEFF'), ';'));
        using var report = JsonDocument.Parse(both.Header("X-Import-Report")!);
        Assert.Equal(
            (3, 0, 1), (Number(report, "rows"), Number(report, "created"), Number(report, "refused")));
    }

    [Theory]
    [InlineData("&faulty=leave_out", 201)]
    [InlineData("&faulty=leave_out&dry_run=true", 200)]
    public async Task What_is_left_out_comes_back_and_the_totals_are_in_a_header(string query, int status)
    {
        using var shop = await scrip.OpenShopAsync();

        var answer = await shop.ImportAsync(ErrorsFile + query, "code,value\nA,10\nB,x\nC,7\n", key: "left out");
        var again = await shop.ImportAsync(ErrorsFile + query, "code,value\nA,10\nB,x\nC,7\n", key: "left out");

        Assert.Equal((status, "text/csv; charset=utf-8"), (answer.Status, answer.Header("Content-Type")));
        Assert.EndsWith("B,x,value: x is not an amount with a decimal point.\r\n", answer.Body, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(answer.Header("X-Import-Report")!);
        Assert.Equal((2, 1, 17), (Number(report, "created"), Number(report, "refused"), Number(report, "value")));
        Assert.Equal((answer.Body, answer.Header("X-Import-Report")), (again.Body, again.Header("X-Import-Report")));
    }

    [Fact]
    public async Task The_file_is_corrected_and_imported_as_it_is()
    {
        using var shop = await scrip.OpenShopAsync();
        var refused = await shop.ImportAsync(ErrorsFile, "number,balance,expiration_date,recipient_email\nA-1,ten,,\nA-2,5,31.12.2099,\n");
        Assert.Equal(400, refused.Status);

        var mended = refused.Body.Replace("ten", "10", StringComparison.Ordinal);
        var answer = await shop.ImportAsync(ErrorsFile, mended);

        Assert.Equal((201, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal("201: created 1 updated 0 skipped 0 refused 0 adjusted 0.00", answer.Report());
    }

    [Fact]
    public async Task Without_a_refused_row_the_response_is_the_report()
    {
        using var shop = await scrip.OpenShopAsync();

        Assert.Equal("201: created 1 updated 0 skipped 0 refused 0 adjusted 0.00", (await shop.ImportAsync(ErrorsFile, "code,value\nA,1\n")).Report());
        Assert.Equal("application/problem+json", (await shop.ImportAsync(ErrorsFile, "x,y\nA,1\n")).Header("Content-Type"));
        (await shop.ImportAsync("?errors_file=xlsx", "code,value\nB,1\n")).ExpectInvalid("?errors_file unknown_value");
    }

    /// <summary>A workbook has numbers with binary fractions and dates without a form; the file has them as a person reads them.</summary>
    [Fact]
    public async Task Rows_of_a_workbook_come_back_as_csv()
    {
        using var shop = await scrip.OpenShopAsync();
        using var book = WrittenTable.Xlsx((writer, send) =>
        {
            writer.WriteCaptions(["code", "value", "balance", "expires_at"]);
            writer.Write("A");
            writer.Write(1L);
            writer.WriteAmount(230, 2);
            writer.Write(new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero));
            writer.EndRow();
            send();
        });

        var answer = await shop.ImportAsync(ErrorsFile, book.ToArray(), ImportCalls.Xlsx);

        Assert.Equal(400, answer.Status);
        var row = StrictCsv.Parse(answer.Body.TrimStart('\uFEFF'), ',')[1];
        Assert.Equal(["A", "1", "2.3"], row[..3]);
        Assert.StartsWith("2099-12-31", row[3], StringComparison.Ordinal);
        Assert.Equal("balance: The balance is more than the value.", row[4]);
    }

    /// <summary>JSON names the first thousand; a file has all.</summary>
    [Fact]
    public async Task Every_refused_row_comes_back()
    {
        using var shop = await scrip.OpenShopAsync();
        var file = new StringBuilder("code,value\n");
        for (var number = 0; number < 1_500; number++)
            file.Append("TWICE-").Append(number).Append(",1\n");
        Assert.Equal(201, (await shop.ImportAsync("", file.ToString())).Status);

        var answer = await shop.ImportAsync(ErrorsFile, file.ToString());

        Assert.Equal(1_501, StrictCsv.Parse(answer.Body.TrimStart('\uFEFF'), ',').Count);
    }

    private static int Number(JsonDocument report, string name) => report.RootElement.GetProperty(name).GetInt32();
}
