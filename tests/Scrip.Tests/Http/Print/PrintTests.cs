using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Print;

/// <summary>The printed document: what is on it, for which certificates, and what is refused.</summary>
public sealed class PrintTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Print = Certificates + "print/";

    [Theory]
    [InlineData(
        "ro",
        "Librăria „Codru” | Certificat cadou | 12.500 | MDL | 7RPK-2MNT-XXQD-4H7E | Valabil din 24.12.2026 până la 31.12.2027 inclusiv "
        + "| O singură cumpărătură, restul se pierde | QR | 128 | Fără rest.")]
    [InlineData(
        "ru",
        "Librăria „Codru” | Подарочный сертификат | 12 500 | MDL | 7RPK-2MNT-XXQD-4H7E | Действует с 24.12.2026 по 31.12.2027 включительно "
        + "| На одну покупку, остаток сгорает | QR | 128 | Fără rest.")]
    [InlineData(
        "uk",
        "Librăria „Codru” | Подарунковий сертифікат | 12 500 | MDL | 7RPK-2MNT-XXQD-4H7E | Діє з 24.12.2026 до 31.12.2027 включно "
        + "| На одну покупку, залишок згорає | QR | 128 | Fără rest.")]
    [InlineData(
        "en",
        "Librăria „Codru” | Gift certificate | 12,500 | MDL | 7RPK-2MNT-XXQD-4H7E | Valid from 24 December 2026 until 31 December 2027 "
        + "| For a single purchase, any remainder lapses | QR | 128 | Fără rest.")]
    public async Task A_certificate_has_its_value_code_validity_and_terms_in_the_language(string language, string text)
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        await CreateAsync(shop, """
            [{"code":"7RPK-2MNT-XXQD-4H7E","value":12500,"starts_at":"2026-12-23T22:00:00Z","expires_at":"2027-12-31","single_use":true,"note":"secret"}]
            """);

        foreach (var layout in new[] { "card", "sheet", "a4", "label" })
        {
            var answer = await shop.FetchAsync($"{Print}?id=1&language={language}&layout={layout}&shop={Escaped("Librăria „Codru”")}&terms={Escaped("Fără rest.")}");

            Assert.Equal((200, "text/html; charset=utf-8", language), (answer.Status, answer.Header("Content-Type"), answer.Header("Content-Language")));
            Assert.Equal([text], PrintedText.Certificates(answer.Body));
            Assert.Contains($"<html lang=\"{language}\">", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ro", "Cu certificatul se plătesc cumpărături", "Certificate: 1.")]
    [InlineData("ru", "Сертификатом оплачивают покупки", "Сертификатов: 1.")]
    [InlineData("uk", "Сертифікатом оплачують покупки", "Сертифікатів: 1.")]
    [InlineData("en", "Pays for purchases", "Certificates: 1.")]
    public async Task Without_a_shop_and_terms_the_name_of_the_site_and_a_standard_text_are_printed(string language, string terms, string footer)
    {
        var site = await scrip.OpenNamedSiteAsync("JPY");
        using var shop = await scrip.ClientForAsync(site, "certificates:read", "certificates:write");
        await CreateAsync(shop, """[{"code":"A"}]""");

        var answer = await shop.FetchAsync($"{Print}?id=1&language={language}");

        var printed = PrintedText.Certificates(answer.Body).Single().Split(" | ");
        Assert.Equal(site, printed[0]);
        Assert.StartsWith(terms, printed[^1], StringComparison.Ordinal);
        Assert.Equal(footer, PrintedText.Footer(answer.Body));
    }

    [Theory]
    [InlineData("ru", "ru")]
    [InlineData("de, uk-UA;q=0.8, ro;q=0.5", "uk")]
    [InlineData("ro-MD, ru;q=0.9", "ro")]
    [InlineData("ru;q=0, de", "en")]
    [InlineData("de", "en")]
    [InlineData("*", "en")]
    [InlineData(";;;", "en")]
    public async Task The_language_is_the_preferred_one_unless_one_is_named(string accept, string language)
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, """[{"code":"A"}]""");

        Assert.Equal(language, (await shop.FetchAsync(Print + "?id=1", ("Accept-Language", accept))).Header("Content-Language"));
        Assert.Equal("ro", (await shop.FetchAsync(Print + "?id=1&language=ro", ("Accept-Language", accept))).Header("Content-Language"));
    }

    [Fact]
    public async Task The_document_has_one_style_no_script_and_no_address_and_nobody_may_keep_it()
    {
        var site = await scrip.OpenNamedSiteAsync("USD", "Pacific/Kiritimati");
        using var shop = await scrip.ClientForAsync(site, "certificates:read", "certificates:write");
        await CreateAsync(shop, """[{"code":"A"}]""");

        foreach (var layout in new[] { "card", "sheet", "a4", "label" })
        {
            var answer = await shop.FetchAsync($"{Print}?id=1&layout={layout}");
            var head = await shop.CallAsync("HEAD", $"{Print}?id=1&layout={layout}", null);

            var style = Regex.Match(answer.Body, "<style>(.*)</style>", RegexOptions.Singleline).Groups[1].Value;
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
            Assert.Equal(
                $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                answer.Header("Content-Security-Policy"));
            Assert.Equal(("no-store", "nosniff", "no-referrer"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options"), answer.Header("Referrer-Policy")));
            Assert.Matches($"^inline; filename=\"certificates-{site}-20[0-9-]{{8}}.html\"$", answer.Header("Content-Disposition"));
            Assert.DoesNotContain("<script", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("http", answer.Body, StringComparison.Ordinal);
            Assert.Equal((200, ""), (head.Status, head.Body));
            Assert.Equal(
                answer.Headers.Where(header => header.Key is not ("Date" or "Transfer-Encoding")).OrderBy(header => header.Key),
                head.Headers.Where(header => header.Key is not ("Date" or "Content-Length")).OrderBy(header => header.Key));
        }
    }

    [Fact]
    public async Task Every_text_of_a_caller_is_escaped()
    {
        using var shop = await scrip.OpenShopAsync();
        const string hostile = "</p><script>alert('\"&amp;')</script>";
        await CreateAsync(shop, $$"""[{"code":{{System.Text.Json.JsonSerializer.Serialize(hostile)}},"value":1}]""");

        var body = (await shop.FetchAsync($"{Print}?id=1&shop={Escaped(hostile)}&terms={Escaped(hostile)}")).Body;

        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
        Assert.DoesNotContain("alert('", body, StringComparison.Ordinal);
        var printed = PrintedText.Certificates(body).Single().Split(" | ");
        Assert.Equal((hostile, hostile, hostile), (printed[0], printed[4], printed[^1]));
    }

    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "123 456 789")]
    [InlineData("7RPK2MNTXXQD4H7E", "7RPK 2MNT XXQD 4H7E")]
    [InlineData("ПОДАРОК-2027-АБВГДЕЖЗИК", "ПОДАРОК-2027-АБВГ ДЕЖ ЗИК")]
    [InlineData("a\u0301b\u0301c\u0301d\u0301e\u0301f\u0301g\u0301h\u0301i\u0301", "a\u0301b\u0301c\u0301 d\u0301e\u0301f\u0301 g\u0301h\u0301i\u0301")]
    [InlineData("هديةعيدالميلاد", "هديةعيدالميلاد")]
    [InlineData("🎁🎄🎁🎄🎁🎄🎁🎄🎁🎄", "🎁🎄🎁🎄🎁🎄🎁🎄🎁🎄")]
    [InlineData("two words  and three", "two words  and three")]
    public async Task A_code_is_printed_in_groups(string code, string groups)
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, $$"""[{"code":"{{code}}"}]""");

        var body = (await shop.FetchAsync(Print + "?id=1")).Body;

        Assert.Equal([code], PrintedText.Codes(body));
        Assert.Equal([groups], PrintedText.Codes(body.Replace("</span><wbr>", " ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Europe/Chisinau", """ "starts_at":"2026-12-31T22:00:00Z" """, "Valid from 1 January 2027")]
    [InlineData("UTC", """ "starts_at":"2026-12-31T22:00:00Z" """, "Valid from 31 December 2026, 22:00")]
    [InlineData("Europe/Chisinau", """ "expires_at":"2027-03-28" """, "Valid until 28 March 2027")]
    [InlineData("Europe/Chisinau", """ "expires_at":"2027-06-30T16:00:00Z" """, "Valid until 30 June 2027, 19:00")]
    [InlineData("America/Havana", """ "expires_at":"2027-03-13" """, "Valid until 13 March 2027")]
    [InlineData("UTC", """ "expires_at":"9999-12-31" """, "Valid until 31 December 9999")]
    [InlineData("UTC", """ "starts_at":"2026-12-31","expires_at":"2026-12-31" """, "Valid from 31 December 2026 until 31 December 2026")]
    [InlineData("UTC", """ "single_use":false """, "May be spent in several purchases")]
    public async Task Validity_is_in_the_time_of_the_site_and_only_where_there_is_any(string zone, string terms, string text)
    {
        using var shop = await scrip.OpenShopAsync("USD", zone);
        await CreateAsync(shop, $$"""[{"code":"A","value":1,{{terms}}}]""");

        Assert.Equal(text, PrintedText.Certificates((await shop.FetchAsync(Print + "?id=1")).Body).Single().Split(" | ")[5]);
    }

    [Fact]
    public async Task What_can_no_longer_be_spent_is_marked_or_left_out()
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, """
            [{"code":"GOOD","value":1},{"code":"OFF","value":1,"is_active":false},{"code":"LATE","value":1,"expires_at":"2020-01-01"},
             {"code":"NONE","value":0},{"code":"SOON","value":1,"starts_at":"2999-01-01"},{"code":"HALF","value":100},{"code":"HELD","value":5}]
            """);
        Assert.Equal(201, (await shop.RedeemAsync("""{"certificate_id":6,"amount":"49.90","reference":"A"}""")).Status);
        Assert.Equal(201, (await shop.RedeemAsync("""{"certificate_id":7,"amount":"5","reference":"B","capture":false}""")).Status);

        var all = (await shop.FetchAsync(Print + "?id=7,1,2,3,4,5,6&language=ro")).Body;
        var usable = (await shop.FetchAsync(Print + "?id=1,2,3,4,5,6,7&usable=true")).Body;

        Assert.Equal(
            ["GOOD -", "OFF Inactiv", "LATE Expirat", "NONE Epuizat", "SOON -", "HALF -", "HELD Epuizat"],
            PrintedText.Codes(all).Zip(PrintedText.Certificates(all), (code, text) => $"{code} {MarkIn(text)}"));
        Assert.Equal(["GOOD", "SOON", "HALF"], PrintedText.Codes(usable));
        Assert.Equal("Certificates: 3. | Left out because they can no longer be spent: 4.", PrintedText.Footer(usable));
        Assert.Matches(@"\| Balance on [0-9]+ \w+ 20[0-9]{2}: 50\.10 USD \|", PrintedText.Certificates(usable)[2]);
        Assert.DoesNotContain("Balance", PrintedText.Certificates(usable)[0], StringComparison.Ordinal);
        Assert.Equal(
            "There are no certificates to print. | Left out because they can no longer be spent: 1.",
            PrintedText.Footer((await shop.FetchAsync(Print + "?id=2&usable=true")).Body));
    }

    [Fact]
    public async Task A_batch_is_printed_whole_or_in_pages()
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, """[{"code":"BEFORE"}]""");
        var codes = Enumerable.Range(1, 11).Select(number => string.Create(CultureInfo.InvariantCulture, $"C{number:00}")).ToList();
        await CreateAsync(shop, $"[{string.Join(',', codes.Select(code => $$"""{"code":"{{code}}"}"""))}]", "?batch=May");

        Assert.Equal(codes, PrintedText.Codes((await shop.FetchAsync(Print + "?batch_id=1")).Body));
        Assert.Equal(codes[4..8], PrintedText.Codes((await shop.FetchAsync(Print + "?batch_id=1&page=2&page_size=4")).Body));
        Assert.Equal([], PrintedText.Codes((await shop.FetchAsync(Print + "?batch_id=1&page=3")).Body));
        Assert.Equal([codes[0], codes[10]], PrintedText.Codes((await shop.FetchAsync(Certificates + "print?id=12,2")).Body));
        foreach (var (layout, pages) in new[] { ("card", 3), ("sheet", 2), ("a4", 11), ("label", 2) })
            Assert.Equal(pages, Regex.Count((await shop.FetchAsync($"{Print}?batch_id=1&layout={layout}")).Body, "<section class=\"page\">"));
    }

    [Fact]
    public async Task A_batch_that_is_too_long_for_a_document_is_printed_in_pages()
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, $"[{string.Join(',', Enumerable.Range(1, 5001).Select(number => $$"""{"code":"C{{number}}"}"""))}]", "?batch=May");

        (await shop.FetchAsync(Print + "?batch_id=1")).ExpectInvalid("?batch_id out_of_range");
        Assert.Equal(5000, PrintedText.Codes((await shop.FetchAsync(Print + "?batch_id=1&page_size=5000&layout=sheet")).Body).Count);
        Assert.Equal(["C5001"], PrintedText.Codes((await shop.FetchAsync(Print + "?batch_id=1&page_size=5000&page=2")).Body));
    }

    [Fact]
    public async Task What_the_site_does_not_have_is_not_found()
    {
        using var shop = await scrip.OpenShopAsync();
        using var other = await scrip.OpenShopAsync();
        await CreateAsync(other, """[{"code":"A"},{"code":"B"}]""", "?batch=May");
        await CreateAsync(shop, """[{"code":"A"}]""");

        (await shop.FetchAsync(Print + "?batch_id=1")).ExpectProblem(404, "not-found", "?batch_id not_found");
        (await shop.FetchAsync(Print + "?id=3,1,2")).ExpectProblem(404, "not-found", "?id not_found", "?id not_found");
        Assert.Equal(404, (await shop.CallAsync("HEAD", Print + "?id=2", null)).Status);
        Assert.Equal(200, (await shop.FetchAsync(Print + "?id=1")).Status);
    }

    [Theory]
    [InlineData("", "?batch_id required")]
    [InlineData("?batch_id=0", "?batch_id out_of_range")]
    [InlineData("?batch_id=x", "?batch_id not_an_integer")]
    [InlineData("?batch_id=1&id=1", "?id not_allowed")]
    [InlineData("?id=", "?id not_an_integer")]
    [InlineData("?id=1,,2", "?id not_an_integer")]
    [InlineData("?id=1,x", "?id not_an_integer")]
    [InlineData("?id=1,0", "?id out_of_range")]
    [InlineData("?id=1,-2", "?id out_of_range")]
    [InlineData("?id=1,99999999999999999999", "?id out_of_range")]
    [InlineData("?id=1,2,1", "?id repeated_id")]
    [InlineData("?id=1&id=2", "?id repeated_parameter")]
    [InlineData("?id=1&page=1", "?page not_allowed")]
    [InlineData("?id=1&page_size=1", "?page_size not_allowed")]
    [InlineData("?batch_id=1&page_size=5001", "?page_size out_of_range")]
    [InlineData("?id=1&after=1", "?after unknown_parameter")]
    [InlineData("?id=1&layout=a5&language=de&usable=1", "?language unknown_value", "?layout unknown_value", "?usable unknown_value")]
    [InlineData("?id=1&shop=", "?shop empty")]
    [InlineData("?id=1&shop=%20a&terms=a%01", "?shop outer_white_space", "?terms control_character")]
    [InlineData("?id=1&shop=a%E2%80%8Bb", "?shop invisible_character")]
    public async Task What_cannot_be_printed_is_refused(string query, params string[] errors)
    {
        using var shop = await scrip.OpenShopAsync();

        (await shop.FetchAsync(Print + query)).ExpectInvalid(errors);
    }

    [Fact]
    public async Task The_longest_lists_and_texts_are_counted()
    {
        using var shop = await scrip.OpenShopAsync();
        await CreateAsync(shop, $"[{string.Join(',', Enumerable.Range(1, 501).Select(number => $$"""{"code":"C{{number}}"}"""))}]");
        var most = string.Join(',', Enumerable.Range(1, 500));

        Assert.Equal(500, PrintedText.Codes((await shop.FetchAsync($"{Print}?layout=label&id={most}")).Body).Count);
        (await shop.FetchAsync($"{Print}?id={most},501")).ExpectInvalid("?id too_long");
        Assert.Equal(200, (await shop.FetchAsync($"{Print}?id=1&shop={new string('S', 60)}&terms={new string('t', 400)}")).Status);
        (await shop.FetchAsync($"{Print}?id=1&shop={new string('S', 61)}&terms={new string('t', 401)}")).ExpectInvalid("?shop too_long", "?terms too_long");
    }

    private static string MarkIn(string certificate) =>
        certificate.Split(" | ").Intersect(["Inactiv", "Expirat", "Epuizat"]).SingleOrDefault() ?? "-";

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static async Task CreateAsync(HttpClient shop, string body, string query = "") =>
        Assert.Equal(201, (await shop.PostAsync(BulkCreate + query, body)).Status);
}
