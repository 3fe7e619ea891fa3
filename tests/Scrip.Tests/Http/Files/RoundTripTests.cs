using System.Globalization;
using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Files;

/// <summary>
/// Whatever a site exports comes in again on an empty site to the same certificates, balances and liability. The certificates are made at
/// random from a seed, which the name of a failed test shows.
/// </summary>
public sealed class RoundTripTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const int Certificates = 60;

    private const string Shown =
        HttpCalls.Certificates + "?fields=code,is_active,value,balance,spent,starts_at,expires_at,single_use,note";

    private static readonly string[] Alphabets =
    [
        "ABCDEFGHJK0123456789-", "АБВГДЕЖЗИЙКЛМНО123", "αβγδεζηθ99", "أبتثجحخ٣", "אבגדהו7", "礼物卡片号码", "ăâîșțĂÂ", "🎁🎄💝x", "0123456789",
        "=+-@\"',;.:#*/\\()[]{}<>&%$!?|~^_`", "éüñß ", "ＡＢ１２",
    ];

    private static readonly string[] Beginnings = ["", "", "=", "+", "-", "@", "'", "\"", "''", "=\"", "0", "00", "#", "1E+", "_x0041_", "－"];

    [Theory]
    [InlineData(1, "csv", "")]
    [InlineData(2, "csv", "&separator=semicolon")]
    [InlineData(3, "csv", "&separator=tab")]
    [InlineData(4, "xlsx", "")]
    [InlineData(5, "csv", "")]
    [InlineData(6, "xlsx", "")]
    public async Task What_goes_out_comes_in_again(int seed, string format, string options)
    {
        var random = new Random(seed);
        var (currency, zone) = seed % 3 == 0 ? ("KWD", "Asia/Kuwait") : seed % 3 == 1 ? ("MDL", "Europe/Chisinau") : ("JPY", "America/St_Johns");
        using var shop = await scrip.OpenShopAsync(currency, zone);
        using var other = await scrip.OpenShopAsync(currency, zone);
        await FillAsync(shop, random, currency);

        var file = await shop.GetByteArrayAsync($"{HttpCalls.Certificates}?format={format}{options}");
        var imported = await other.ImportAsync("", file, format == "csv" ? ImportCalls.Csv : ImportCalls.Xlsx);

        Assert.True(imported.Status == 201, imported.Body);
        Assert.Equal((await shop.FetchAsync(Shown)).Body, (await other.FetchAsync(Shown)).Body);
        const string owed = Liability + "?fields=certificates,outstanding,inactive,not_started,expired";
        Assert.Equal((await shop.FetchAsync(owed)).Body, (await other.FetchAsync(owed)).Body);
        // The same file again changes nothing.
        Assert.Equal(
            $"201: created 0 updated 0 skipped {Certificates} refused 0 adjusted {(currency == "JPY" ? "0" : currency == "KWD" ? "0.000" : "0.00")}",
            (await other.ImportAsync("?existing=update", file, format == "csv" ? ImportCalls.Csv : ImportCalls.Xlsx)).Report());
    }

    private static async Task FillAsync(HttpClient shop, Random random, string currency)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (codes.Count < Certificates)
        {
            var code = CodeOf(random);
            // A file has no two codes that a customer could mistake for each other, and none that looks masked.
            if (code.Trim() == code && code.Length > 0 && !code.StartsWith("**", StringComparison.Ordinal))
                codes.TryAdd(Scrip.Ledger.Certificates.CertificateCode.Fold(code) is { Length: > 0 } folded ? folded : code, code);
        }
        var items = codes.Values.Select(code => Item(code, random)).ToArray();
        var created = await shop.CreateAsync($"[{string.Join(',', items)}]");
        Assert.True(created.Status == 201, created.Body);
        for (var id = 1; id <= Certificates; id += random.Next(1, 4))
            await SpendAsync(shop, id, random, currency);
    }

    /// <summary>Some cannot be spent, and are refused.</summary>
    private static async Task SpendAsync(HttpClient shop, int id, Random random, string currency)
    {
        var amount = random.Next(3) == 0 ? null
            : currency == "JPY" ? Number(random.Next(1, 9))
            : $"{Number(random.Next(0, 9))}.{Number(random.Next(1, 99)):00}".PadRight(4, '0');
        var part = amount is null ? "" : $",\"amount\":\"{amount}\"";
        var spent = await shop.RedeemAsync($$"""{"certificate_id":{{id}},"reference":"R{{id}}"{{part}}}""");
        Assert.True(spent.Status is 201 or 400 or 409, spent.Body);
    }

    private static string CodeOf(Random random)
    {
        var alphabet = Alphabets[random.Next(Alphabets.Length)].EnumerateRunes().ToArray();
        var text = new StringBuilder(Beginnings[random.Next(Beginnings.Length)]);
        for (var left = random.Next(1, 18); left > 0; left--)
            text.Append(alphabet[random.Next(alphabet.Length)]);
        return text.ToString();
    }

    private static string Item(string code, Random random)
    {
        var now = DateTimeOffset.UtcNow;
        var members = new List<string> { $"\"code\":{JsonSerializer.Serialize(code)}", $"\"value\":{Number(random.Next(0, 1000))}" };
        if (random.Next(4) == 0)
            members.Add("\"is_active\":false");
        if (random.Next(4) == 0)
            members.Add("\"single_use\":true");
        if (random.Next(3) == 0)
            members.Add($"\"starts_at\":\"{Time(now.AddDays(-100).AddSeconds(random.Next(17_000_000)))}\"");
        if (random.Next(3) == 0)
            members.Add(random.Next(2) == 0 ? "\"expires_at\":\"2098-12-31\"" : $"\"expires_at\":\"{Time(now.AddDays(200 + random.Next(900)))}\"");
        else if (random.Next(6) == 0)
            members.Add("\"expires_at\":\"2020-01-01\"");
        if (members[^1].Contains("2020", StringComparison.Ordinal))
            members.RemoveAll(member => member.StartsWith("\"starts_at", StringComparison.Ordinal));
        if (random.Next(3) == 0)
            members.Add($"\"note\":{JsonSerializer.Serialize($"{CodeOf(random)}\n\"{CodeOf(random)}\",")}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
