using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>Files of certificates that come in: what is taken, what is refused and with which words, and that a retry is harmless.</summary>
public sealed class ImportTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Import = Certificates + "import/";
    private const string Csv = "text/csv";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Shown = "?fields=code,is_active,value,balance,spent,starts_at,expires_at,single_use,note";

    private static int made;

    [Fact]
    public async Task A_file_of_another_shop_is_tried_and_then_taken()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        var file = await File.ReadAllBytesAsync(SourceTree.PathOf("tests/Scrip.Tests/Files/Samples/woocommerce/good.csv"));
        const string report = """
            {"rows":3,"created":3,"skipped":0,"refused":0,"value":1750,"balance":"1149.90","batch_id":null,"source":"woocommerce","decimal":"point","dates":"ymd","warnings":[{"row":null,"column":null,"code":"ignored_columns","detail":"These columns are not read: Activities."}],"errors":[]}
            """;

        (await ImportAsync(shop, "?dry_run=true", file)).Expect(200, report);
        Assert.Equal("[]", await shop.ListAsync());
        var stored = report.Replace("null,\"source\"", "1,\"source\"", StringComparison.Ordinal);
        var taken = (await ImportAsync(shop, "?batch=Old%20shop", file, key: "once")).Expect(201, stored);
        var again = (await ImportAsync(shop, "?batch=Old%20shop", file, key: "once")).Expect(201, stored);

        Assert.Equal((null, "true"), (taken.Header("Idempotent-Replayed"), again.Header("Idempotent-Replayed")));
        (await shop.FetchAsync(Certificates + Shown)).Expect(
            200,
            """
            [{"code":"7RPK-2MNT-XXQD-4H7V","is_active":true,"value":500,"balance":"149.90","spent":"350.10","starts_at":null,"expires_at":"2027-12-31T22:00:00Z","single_use":false,"note":null},{"code":"+HFTT-9MNT-XXQD-4H7V","is_active":false,"value":1000,"balance":"1000.00","spent":"0.00","starts_at":null,"expires_at":null,"single_use":false,"note":null},{"code":"QQPK-2MNT-XXQD-4H7V","is_active":true,"value":250,"balance":"0.00","spent":"250.00","starts_at":null,"expires_at":"2025-01-05T16:30:00Z","single_use":false,"note":null}]
            """);
        (await shop.FetchAsync(Certificates + "batch/?fields=id,name,source,certificates,value")).Expect(
            200, """[{"id":1,"name":"Old shop","source":"imported","certificates":3,"value":1750}]""");
        (await shop.FetchAsync(Entries + "?fields=id,certificate_id,kind,amount,balance_after")).Expect(
            200,
            """
            [{"id":1,"certificate_id":1,"kind":"issued","amount":"500.00","balance_after":"500.00"},{"id":2,"certificate_id":2,"kind":"issued","amount":"1000.00","balance_after":"1000.00"},{"id":3,"certificate_id":3,"kind":"issued","amount":"250.00","balance_after":"250.00"},{"id":4,"certificate_id":1,"kind":"opening","amount":"-350.10","balance_after":"149.90"},{"id":5,"certificate_id":3,"kind":"opening","amount":"-250.00","balance_after":"0.00"}]
            """);
        (await shop.FetchAsync(Liability + "?fields=certificates,issued,opening,outstanding")).Expect(
            200, """{"certificates":3,"issued":"1750.00","opening":"600.10","outstanding":"1149.90"}""");
        Assert.Equal(201, (await shop.RedeemAsync("""{"code":"7rpk 2mnt xxqd 4h7v","amount":"149.90","reference":"A"}""")).Status);
    }

    [Fact]
    public async Task A_refused_file_names_every_row_and_stores_nothing()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"THERE"}]""");

        var refused = await ImportAsync(shop, "", "code,value,balance,note\nA,100,200,\nB,x,,\n C,1,,\n,5,,\nD,1,,ok\nd,2,,\n");

        Assert.Equal((400, "application/problem+json"), (refused.Status, refused.Header("Content-Type")));
        using var json = JsonDocument.Parse(refused.Body);
        Assert.Equal("/problems/invalid-request", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("5 of 6 rows are refused; nothing was stored.", json.RootElement.GetProperty("detail").GetString());
        Assert.Equal(
            ["2 balance balance_over_value", "3 value not_an_amount", "4 code outer_white_space", "5 code missing_code", "7 code similar_code"],
            ErrorsOf(json));
        using var taken = JsonDocument.Parse((await ImportAsync(shop, "", "code,value\nA,1\nTHERE,2\nthere,3\n")).Body);
        Assert.Equal(["4 code similar_code"], ErrorsOf(taken));
        using var there = JsonDocument.Parse((await ImportAsync(shop, "", "code,value\nA,1\nTHERE,2\n")).Body);
        Assert.Equal(["3 code code_taken"], ErrorsOf(there));
        using var like = JsonDocument.Parse((await ImportAsync(shop, "", "code,value\nA,1\nthere,2\n")).Body);
        Assert.Equal(["3 code similar_code"], ErrorsOf(like));
        Assert.Equal("""[{"id":1,"code":"THERE","is_active":true,"value":0,"version":1}]""", await shop.ListAsync());
    }

    [Theory]
    [InlineData("?faulty=leave_out", 201, 1, 0, 2, "3 code code_taken", "4 value not_an_amount")]
    [InlineData("?existing=skip&faulty=leave_out", 201, 1, 1, 1, "4 value not_an_amount")]
    [InlineData("?existing=skip", 400, 0, 0, 1, "4 value not_an_amount")]
    public async Task Faulty_rows_are_left_out_and_existing_ones_skipped_on_demand(
        string query, int status, int created, int skipped, int refused, params string[] errors)
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"THERE"}]""");

        var answer = await ImportAsync(shop, query, "code,value\nA,1\nTHERE,2\nB,x\n");

        Assert.Equal(status, answer.Status);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(
            (created, skipped, refused),
            (json.RootElement.GetProperty("created").GetInt32(), json.RootElement.GetProperty("skipped").GetInt32(), json.RootElement.GetProperty("refused").GetInt32()));
        Assert.Equal(errors, ErrorsOf(json));
    }

    [Fact]
    public async Task What_is_open_is_asked_and_what_is_named_is_taken()
    {
        using var shop = await scrip.OpenShopAsync();
        const string file = "code,value,expires_at\nA,5,05/06/2099\n";

        using var open = JsonDocument.Parse((await ImportAsync(shop, "", file)).Body);
        Assert.Equal(["2 expires_at ambiguous_dates"], ErrorsOf(open));
        Assert.Contains("5 June 2099 or 6 May 2099", open.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(201, (await ImportAsync(shop, "?dates=dmy&expiry=exclusive", file)).Status);
        Assert.Equal("\"2099-06-05T00:00:00Z\"", await shop.AttributeAsync(1, "expires_at"));
    }

    [Theory]
    [InlineData("csv", Csv)]
    [InlineData("xlsx", Xlsx)]
    public async Task What_went_out_comes_in_with_the_same_balances(string format, string mediaType)
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        using var other = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        await shop.CreateAsync("""
            [{"code":"A-1","value":500,"starts_at":"2026-01-31T12:00:00Z","expires_at":"2099-12-31","note":"two\nlines"},{"code":"'=1+1","value":100,"single_use":true},
            {"code":"0012","value":5,"is_active":false},{"code":"подарок-🎁","value":0},{"code":"12345678901234560","value":7},{"code":"هدية","value":8}]
            """);
        await shop.RedeemAsync("""{"certificate_id":1,"amount":"149.90","reference":"A"}""");

        var file = await shop.GetByteArrayAsync($"{Certificates}?format={format}");
        var answer = await ImportAsync(other, "", file, mediaType);

        Assert.True(answer.Status == 201, answer.Body);
        Assert.Equal((await shop.FetchAsync(Certificates + Shown)).Body, (await other.FetchAsync(Certificates + Shown)).Body);
    }

    [Fact]
    public async Task A_key_is_needed_and_belongs_to_a_file_with_its_options()
    {
        using var shop = await scrip.OpenShopAsync();
        const string file = "code,value\nA,1\n";

        (await shop.SendAsync("POST", Import, ContentOf(Encoding.UTF8.GetBytes(file), Csv))).ExpectProblem(400, "invalid-request");
        Assert.Equal(200, (await shop.SendAsync("POST", Import + "?dry_run=true", ContentOf(Encoding.UTF8.GetBytes(file), Csv))).Status);
        Assert.Equal(200, (await ImportAsync(shop, "?dry_run=true", file, key: "k")).Status);
        Assert.Equal(201, (await ImportAsync(shop, "", file, key: "k")).Status);
        (await ImportAsync(shop, "?existing=skip", file, key: "k")).ExpectProblem(422, "idempotency-key-reused");
        (await ImportAsync(shop, "", "code,value\nB,1\n", key: "k")).ExpectProblem(422, "idempotency-key-reused");
        (await ImportAsync(shop, "", Encoding.UTF8.GetBytes(file), "application/json")).ExpectProblem(415, "unsupported-media-type");
        (await ImportAsync(shop, "?decimal=dot", Encoding.UTF8.GetBytes(file), "application/json")).ExpectProblem(415, "unsupported-media-type");
        (await ImportAsync(shop, "?source=magento&decimal=dot&page=1", file)).ExpectInvalid(
            "?page unknown_parameter", "?source unknown_value", "?decimal unknown_value");
        (await ImportAsync(shop, "?currency=MDL", file)).ExpectInvalid("?currency unknown_value");
    }

    /// <summary>Nobody knows after a refusal whether the file or the ledger was the reason.</summary>
    [Fact]
    public async Task A_file_that_is_refused_is_mended_and_sent_with_the_same_key()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"THERE"}]""");

        Assert.Equal(400, (await ImportAsync(shop, "", "code,value\nA,x\n", key: "mended")).Status);
        Assert.Equal(400, (await ImportAsync(shop, "", "code,value\nTHERE,1\n", key: "mended")).Status);
        Assert.Equal(201, (await ImportAsync(shop, "", "code,value\nA,1\n", key: "mended")).Status);
        Assert.Equal(201, (await ImportAsync(shop, "", "code,value\nA,1\n", key: "mended")).Status);
        (await ImportAsync(shop, "", "code,value\nTHERE,1\n", key: "mended")).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_charset_of_the_file_is_its_encoding_unless_a_parameter_names_one()
    {
        using var shop = await scrip.OpenShopAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // Letters that are others in windows-1250, by which nothing can be told.
        var file = Encoding.GetEncoding(1251).GetBytes("code,value\nГУ-1,1\n");

        Assert.Equal(201, (await ImportAsync(shop, "", file, "text/csv; charset=\"Windows-1251\"")).Status);
        Assert.Equal("\"ГУ-1\"", await shop.AttributeAsync(1, "code"));
        Assert.Equal(201, (await ImportAsync(shop, "?encoding=windows-1250", file, "text/csv; charset=windows-1251")).Status);
        Assert.NotEqual("\"ГУ-1\"", await shop.AttributeAsync(2, "code"));
        (await ImportAsync(shop, "", file, "text/csv; charset=koi8-r")).ExpectInvalid(" unknown_value");
    }

    [Fact]
    public async Task Names_come_into_the_note_only_on_demand()
    {
        using var shop = await scrip.OpenShopAsync();

        Assert.Equal(201, (await ImportAsync(shop, "?keep_names=true", "code,initial_value,email,note\nA,1,ana@example.com,a gift\n")).Status);
        Assert.Equal(201, (await ImportAsync(shop, "", "code,initial_value,email,note\nB,1,ana@example.com,a gift\n")).Status);

        Assert.Equal("\"a gift\\nemail: ana@example.com\"", await shop.AttributeAsync(1, "note"));
        Assert.Equal("\"a gift\"", await shop.AttributeAsync(2, "note"));
    }

    private static string[] ErrorsOf(JsonDocument json) =>
    [
        .. json.RootElement.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("row")} {error.GetProperty("column")} {error.GetProperty("code")}"),
    ];

    private static Task<Answer> ImportAsync(HttpClient shop, string query, string file, string? key = null) =>
        ImportAsync(shop, query, Encoding.UTF8.GetBytes(file), Csv, key);

    private static Task<Answer> ImportAsync(HttpClient shop, string query, byte[] file, string mediaType = Csv, string? key = null) =>
        shop.SendAsync("POST", Import + query, ContentOf(file, mediaType), Key(key ?? $"import {Interlocked.Increment(ref made)}"));

    private static ByteArrayContent ContentOf(byte[] file, string mediaType)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
