using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Print;

/// <summary>
/// Each layout printed by a browser: the paper has its size, every certificate is inside its own field with all its words, and a scanner reads
/// every symbol.
/// </summary>
public sealed class PaperTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Terms = "Certificatul se folosește o dată. Сертификат не обменивается на деньги и не возвращается, разницу доплачивают. ";

    /// <summary>The printed texts come close to the edge of a field, and must not come closer.</summary>
    private const double Margin = 2.5;

    /// <summary>Codes of every kind and up to the longest, with the most that is printed beside them.</summary>
    private static readonly string[] Codes =
    [
        "7RPK-2MNT-XXQD-4H7E", "CERT-001", "0000000000000000000000", "lower case & <b>", "21-characters-in-code", "30-characters-in-a-longer-code",
        "55 characters, which is as much as fits on a whole page", "56 characters, which is more than what fits on that page",
        "ПОДАРОК-2027-АБВГ", "هدية-عيد-الميلاد-٢٠٢٧", "礼品卡二零二七年", "ⅷ½Ω™-ß", "🎁🎄",
        new('W', 255), new('9', 255), string.Concat(Enumerable.Repeat("Щ-", 127)) + "Щ", string.Concat(Enumerable.Range(0x4E00, 255).Select(letter => (char)letter)),
        string.Concat(Enumerable.Repeat("🎁🎄🎅", 85)),
    ];

    [PrinterFact]
    public Task Cards_are_four_on_A4() => PrintAsync("card", (210, 297), columns: [0, 105], rows: [0, 148.5], (105, 148.5), longestBars: 27);

    [PrinterFact]
    public Task Small_cards_are_ten_on_A4() =>
        PrintAsync("sheet", (210, 297), columns: [20, 105], rows: [13.5, 67.5, 121.5, 175.5, 229.5], (85, 54), longestBars: 22);

    [PrinterFact]
    public Task Large_certificates_are_one_on_A4() => PrintAsync("a4", (210, 297), columns: [0], rows: [0], (210, 297), longestBars: 55);

    [PrinterFact]
    public Task Labels_are_ten_on_Letter() =>
        PrintAsync("label", (215.9, 279.4), columns: [3.97, 110.33], rows: [12.7, 63.5, 114.3, 165.1, 215.9], (101.6, 50.8), longestBars: 28);

    /// <param name="longestBars">The longest code without pairs of digits that has a bar code.</param>
    private async Task PrintAsync(
        string layout, (double Width, double Height) paperSize, double[] columns, double[] rows, (double Width, double Height) field, int longestBars)
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");
        var items = Codes.Select((code, place) => $$"""
            {"code":{{JsonSerializer.Serialize(code)}},"value":{{(place % 3 == 2 ? 1_000_000_000_000 : 12_500)}},"single_use":{{(place % 2 == 0 ? "true" : "false")}},
             "starts_at":"2020-12-24T10:30:00Z","expires_at":"2999-12-31T20:15:00Z"}
            """);
        Assert.Equal(201, (await shop.PostAsync(BulkCreate + "?batch=May", $"[{string.Join(',', items)}]")).Status);
        for (var id = 1; id <= Codes.Length; id++)
            Assert.Equal(201, (await shop.RedeemAsync($$"""{"certificate_id":{{id}},"amount":"0.10","reference":"{{id}}","capture":false}""")).Status);

        foreach (var language in new[] { "ro", "ru", "uk", "en" })
        {
            // The longest texts in one language, and the standard terms in the others.
            var shopName = language == "ro" ? "Codru" + string.Concat(Enumerable.Repeat(" Cărți și Cadouri", 4))[..55].TrimEnd() : "Librăria Codru";
            var terms = language == "ro" ? "&terms=" + Uri.EscapeDataString(string.Concat(Enumerable.Repeat(Terms, 4))[..400].Trim()) : "";
            var html = (await shop.FetchAsync($"{Certificates}print/?batch_id=1&layout={layout}&language={language}&shop={Uri.EscapeDataString(shopName)}{terms}")).Body;
            using var paper = await PrintedPaper.PrintAsync(html);

            var onPage = columns.Length * rows.Length;
            Assert.Equal((Codes.Length + onPage - 1) / onPage, paper.Pages);
            Assert.Equal(paperSize.Width, paper.Size.Width, tolerance: 0.2);
            Assert.Equal(paperSize.Height, paper.Size.Height, tolerance: 0.2);
            for (var page = 1; page <= paper.Pages; page++)
            {
                var codes = Codes.Skip((page - 1) * onPage).Take(onPage).ToList();
                // The symbols are the same in every language.
                if (language == "ro")
                {
                    var symbols = codes.Select(code => "QR-Code:" + code)
                        .Concat(codes.Where(code => HasBars(code, longestBars)).Select(code => "CODE-128:" + code));
                    Assert.Equal(symbols.Order(StringComparer.Ordinal), await paper.ReadSymbolsAsync(page));
                }
                var words = await paper.ReadWordsAsync(page);
                Assert.Equal(codes.Count, words.Count(word => word.Text == "Codru"));
                Rule.HasNo(
                    from word in words
                    where !columns.Any(left => word.Left >= left + Margin && word.Right <= left + field.Width - Margin)
                        || !rows.Any(top => word.Top >= top + Margin && word.Bottom <= top + field.Height - Margin)
                    select $"{layout} {language} {page}: {word}");
            }
        }
    }

    private static bool HasBars(string code, int longest) => code.All(char.IsAscii) && (code.Length <= longest || code == new string('0', 22));
}
