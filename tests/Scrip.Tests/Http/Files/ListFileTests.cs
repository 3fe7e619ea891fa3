using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExcelDataReader;
using Scrip.Files.Import;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>Lists as files: what is in them, how they are called, and that they come in again as they went out.</summary>
public sealed class ListFileTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Attributes =
        "id,code,is_active,value,balance,spent,held,currency,starts_at,expires_at,single_use,note,batch_id,created_at,updated_at,version";

    static ListFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task A_csv_file_has_all_attributes_in_the_time_of_the_site()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        await FillAsync(shop);

        var answer = await shop.FetchAsync(Certificates + "?format=csv");

        Assert.Equal((200, Csv, "no-store"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Equal(
            Attributes + "\r\n"
            + "1,CERT-001,true,500,350.10,149.90,0.00,MDL,2026-01-31T14:00:00+02:00,2028-01-01T00:00:00+02:00,false,,,*,*,2\r\n"
            + "2,'=cmd|' /C calc'!A0,false,0,0.00,0.00,0.00,MDL,,,true,\"two\nlines, \"\"quoted\"\"\",,*,*,1\r\n"
            + "3,подарок;1,true,1000,1000.00,0.00,0.00,MDL,,,false,,,*,*,1\r\n",
            Regex.Replace(answer.Body.TrimStart('\uFEFF'), @"(?<=,)20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+0[23]:00(?=,)", "*"));
    }

    [Fact]
    public async Task A_csv_file_begins_with_a_byte_order_mark_and_ends_where_it_ends()
    {
        using var shop = await scrip.OpenShopAsync();

        var bytes = await shop.GetByteArrayAsync(Certificates + "?format=csv&fields=id,code");

        Assert.Equal([0xEF, 0xBB, 0xBF, .. "id,code\r\n"u8], bytes);
    }

    [Theory]
    [InlineData("?format=csv&fields=code,value", "code,value\r\nCERT-001,500\r\n'=cmd|' /C calc'!A0,0\r\nподарок;1,1000\r\n")]
    [InlineData("?format=csv&fields=value,code&is_active=true&ordering=-id", "code,value\r\nподарок;1,1000\r\nCERT-001,500\r\n")]
    [InlineData("?format=csv&fields=code,value&separator=semicolon&is_active=true", "code;value\r\nCERT-001;500\r\n\"подарок;1\";1000\r\n")]
    [InlineData("?format=csv&fields=code,value&separator=tab&search=cert", "code\tvalue\r\nCERT-001\t500\r\n")]
    [InlineData("?format=csv&fields=code&search=nothing", "code\r\n")]
    public async Task Filters_and_fields_and_order_hold_for_files(string query, string text)
    {
        using var shop = await scrip.OpenShopAsync();
        await FillAsync(shop);

        Assert.Equal(text, (await shop.FetchAsync(Certificates + query)).Body.TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task An_xlsx_file_has_texts_numbers_and_times()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        await FillAsync(shop);

        using var response = await shop.GetAsync(Certificates + "?format=xlsx");
        Assert.Equal(Xlsx, response.Content.Headers.ContentType!.ToString());
        var rows = await SheetAsync(response);

        Assert.Equal(Attributes.Split(','), rows[0]);
        Assert.Equal(
            [1.0, "CERT-001", true, 500.0, 350.1, 149.9, 0.0, "MDL", new DateTime(2026, 1, 31, 14, 0, 0), new DateTime(2028, 1, 1), false, null],
            rows[1][..12]);
        Assert.Equal("=cmd|' /C calc'!A0", rows[2][1]);
        Assert.Equal("two\nlines, \"quoted\"", rows[2][11]);
        Assert.Equal(4, rows.Count);
    }

    [Fact]
    public async Task Redemptions_and_entries_are_files_too()
    {
        var site = await scrip.OpenNamedSiteAsync();
        using var shop = await scrip.ClientForAsync(site, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
        await FillAsync(shop);
        await shop.UpdateAsync("""[{"id":3,"code":"renamed","value":900}]""");
        using var checkout = await scrip.ClientForAsync(site, "redemptions:write");

        Assert.Equal(
            "id,code,reference,state,captured\r\n1,CERT-001,'=ORDER-1,captured,149.90\r\n",
            await TextAsync(shop, Redemptions + "?format=csv&fields=id,code,reference,state,captured"));
        Assert.Equal(
            "code,refunded\r\n…-001,0.00\r\n", await TextAsync(checkout, Redemptions + "?format=csv&fields=code,refunded"));
        Assert.Equal(
            "id,redemption_id,kind,amount,reference,detail\r\n4,1,captured,-149.90,'=ORDER-1,\r\n",
            await TextAsync(shop, Entries + "?format=csv&fields=id,redemption_id,kind,amount,reference,detail&kind=captured"));
        Assert.Equal(
            "kind,detail\r\nissued,\r\nadjusted,\"{\"\"value\"\":{\"\"before\"\":\"\"1000.00\"\",\"\"after\"\":\"\"900.00\"\"}}\"\r\n"
            + "renamed,\"{\"\"code\"\":{\"\"before\"\":\"\"подарок;1\"\",\"\"after\"\":\"\"renamed\"\"}}\"\r\n",
            await TextAsync(shop, Certificates + "3/entry/?format=csv&fields=kind,detail"));
        Assert.Equal(["id", "certificate_id", "redemption_id"], (await SheetAsync(await shop.GetAsync(Entries + "?format=xlsx")))[0][..3]);
    }

    [Theory]
    [InlineData("text/csv", Csv)]
    [InlineData("TEXT/CSV", Csv)]
    [InlineData(Xlsx, Xlsx)]
    [InlineData("text/html, text/csv;q=0.5, */*;q=0.1", Csv)]
    [InlineData("text/csv;q=0.5, application/json", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("image/png", "application/json")]
    [InlineData("nonsense", "application/json")]
    public async Task The_header_Accept_names_a_form_as_well(string accept, string contentType)
    {
        using var shop = await scrip.OpenShopAsync();

        Assert.Equal(contentType, (await shop.FetchAsync(Certificates, ("Accept", accept))).Header("Content-Type"));
        Assert.Equal("application/json", (await shop.FetchAsync(Certificates + "?format=json", ("Accept", accept))).Header("Content-Type"));
    }

    [Theory]
    [InlineData(Certificates, "certificates")]
    [InlineData(Redemptions, "redemptions")]
    [InlineData(Entries, "entries")]
    public async Task A_file_is_called_after_what_it_has_its_site_and_the_day_there(string list, string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati");
        var site = await scrip.OpenNamedSiteAsync("USD", zone.Id);
        using var shop = await scrip.ClientForAsync(site, "certificates:read", "redemptions:write", "reports:read");
        var before = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).Date;

        foreach (var ending in new[] { "csv", "xlsx" })
        {
            var answer = await shop.FetchAsync($"{list}?format={ending}");
            var head = await shop.CallAsync("HEAD", $"{list}?format={ending}", null);

            var days = new[] { before, TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).Date }
                .Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.Contains(answer.Header("Content-Disposition"), days.Select(day => $"attachment; filename=\"{name}-{site}-{day}.{ending}\""));
            Assert.Equal((200, ""), (head.Status, head.Body));
            Assert.Equal(answer.Header("Content-Disposition"), head.Header("Content-Disposition"));
            Assert.Equal(answer.Header("Content-Type"), head.Header("Content-Type"));
        }
    }

    [Theory]
    [InlineData("?format=pdf", "?format unknown_value")]
    [InlineData("?format=", "?format unknown_value")]
    [InlineData("?format=csv&separator=pipe", "?separator unknown_value")]
    [InlineData("?separator=comma", "?separator not_allowed")]
    [InlineData("?format=xlsx&separator=comma", "?separator not_allowed")]
    [InlineData("?format=csv&page=1", "?page not_allowed")]
    [InlineData("?format=xlsx&page_size=10", "?page_size not_allowed")]
    [InlineData("?format=csv&after=0", "?after not_allowed")]
    [InlineData("?format=csv&fields=price", "?fields unknown_value")]
    public async Task What_a_file_cannot_be_is_refused(string query, string error)
    {
        using var shop = await scrip.OpenShopAsync();

        foreach (var list in new[] { Certificates, Redemptions, Entries })
            (await shop.FetchAsync(list + query)).ExpectInvalid(error);
    }

    /// <summary>What goes out comes in again, whatever the currency and whatever the codes are.</summary>
    [Theory]
    [InlineData("MDL", 2, "csv", "")]
    [InlineData("JPY", 0, "csv", "&separator=semicolon")]
    [InlineData("KWD", 3, "csv", "&separator=tab")]
    [InlineData("MDL", 2, "xlsx", "")]
    [InlineData("KWD", 3, "xlsx", "")]
    public async Task A_file_that_went_out_is_read_as_it_was(string currency, int digits, string format, string options)
    {
        using var shop = await scrip.OpenShopAsync(currency, "Europe/Chisinau");
        var codes = Scrip.Tests.Files.HostileTexts.All.Where(code => code.Trim() == code && code.Length > 0 && !code.Any(char.IsControl))
            .Where(code => !code.Any(character => character is '\uFFFE' or '\uFEFF' or '\u202E' or '\u202C' or '\u2028' or '\u200D'))
            .Where(code => code != "#REF!")
            .ToArray();
        Assert.True(codes.Length > 25);
        var items = codes.Select((code, place) => $$"""{"code":{{System.Text.Json.JsonSerializer.Serialize(code)}},"value":{{place + 1}}}""");
        Assert.Equal(201, (await shop.CreateAsync($"[{string.Join(',', items)}]")).Status);
        await shop.RedeemAsync("""{"certificate_id":7,"amount":"3","reference":"A"}""");

        using var file = new MemoryStream(await shop.GetByteArrayAsync($"{Certificates}?format={format}{options}"));
        var read = ImportFile.Read(file, new()
        {
            Currency = currency,
            CurrencyDigits = digits,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Chisinau"),
        });

        Assert.Empty(read.Errors);
        Assert.Empty(read.Warnings);
        var unit = (long)Math.Pow(10, digits);
        Assert.Equal(
            codes.Select((code, place) => (code, (place + 1) * unit, (place == 6 ? 4 : place + 1) * unit)),
            read.Certificates.Select(certificate => (certificate.Code, certificate.Value, certificate.Balance)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_long_file_has_every_row(string format)
    {
        const int count = 12_000;
        using var shop = await scrip.OpenShopAsync();
        var items = Enumerable.Range(1, count).Select(number => $$"""{"code":"LONG-{{number}}","value":{{number}}}""");
        Assert.Equal(201, (await shop.CreateAsync($"[{string.Join(',', items)}]")).Status);

        using var file = new MemoryStream(await shop.GetByteArrayAsync($"{Certificates}?format={format}&fields=code,value"));
        var rows = Scrip.Tests.Files.ReadTable.Rows(file);

        Assert.Equal(
            Enumerable.Range(1, count).Select(number => $"LONG-{number} {number}"),
            rows.Skip(1).Select(row => $"{row.Cells[0]} {row.Cells[1]}"));
    }

    /// <summary>What has one row more than a sheet is refused before its first byte; as csv it has no end.</summary>
    [Fact]
    public async Task A_list_that_is_too_long_for_a_sheet_is_refused()
    {
        const int room = 1_048_575;
        using var shop = await scrip.OpenShopAsync();
        for (var number = 0; number <= room; number += 100_000)
        {
            var items = Enumerable.Range(number, Math.Min(100_000, room + 1 - number)).Select(code => $$"""{"code":"{{code}}"}""");
            Assert.Equal(201, (await shop.CreateAsync($"[{string.Join(',', items)}]")).Status);
        }

        (await shop.FetchAsync(Certificates + "?format=xlsx")).ExpectInvalid("?format out_of_range");
        Assert.Equal(400, (await shop.CallAsync("HEAD", Certificates + "?format=xlsx", null)).Status);
        Assert.Equal(200, (await shop.CallAsync("HEAD", Certificates + "?format=csv", null)).Status);
        Assert.Equal(200, (await shop.CallAsync("HEAD", Certificates + "?format=xlsx&search=1048575", null)).Status);
        using var file = new MemoryStream(await shop.GetByteArrayAsync(Certificates + "?format=csv&fields=id"));
        using var lines = new StreamReader(file);
        var count = 0;
        while (await lines.ReadLineAsync() is not null)
            count++;
        Assert.Equal(room + 2, count);
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        var answer = await client.FetchAsync(path);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Body.TrimStart('\uFEFF');
    }

    private static async Task<List<object?[]>> SheetAsync(HttpResponseMessage response)
    {
        using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync());
        using var reader = ExcelReaderFactory.CreateReader(file);
        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        return rows;
    }

    private static async Task FillAsync(HttpClient shop)
    {
        const string body = """
            [{"code":"CERT-001","value":500,"starts_at":"2026-01-31T12:00:00Z","expires_at":"2027-12-31"},
            {"code":"=cmd|' /C calc'!A0","is_active":false,"single_use":true,"note":"two\nlines, \"quoted\""},{"code":"подарок;1","value":1000}]
            """;
        Assert.Equal(201, (await shop.CreateAsync(body)).Status);
        Assert.Equal(201, (await shop.RedeemAsync("""{"certificate_id":1,"amount":"149.90","reference":"=ORDER-1"}""")).Status);
    }
}
