using System.Globalization;
using System.Text;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Unicode;

namespace Scrip.Tests.Ledger;

/// <summary>The only function that decides how typed, searched and stored codes are compared.</summary>
public sealed class CodeFoldingTests
{
    [Theory]
    [InlineData("CERT-001", "CERT001")]
    [InlineData("cert 001", "CERT001")]
    [InlineData("lol-Oil", "101011")]
    [InlineData("c\u2010e\u2011r\u2012t\u2013\u20140\u20150\u30031", "CERT00\u30031")]
    [InlineData("A\u22121\u02d72\u27963\u20434\ufe635\uff0d6\u207b7\u208b8", "A12345678")]
    [InlineData("a\u00a0b\u2003c\td\u2028e", "ABCDE")]
    [InlineData("\ufeffCERT-0001", "CERT0001")]
    [InlineData("CERT\u00ad-\u200b00\u200d01\u200e\u202e\u2060\u061c", "CERT0001")]
    [InlineData("ＣＥＲＴ－０００１", "CERT0001")]
    [InlineData("\u24b8ert \u2460", "CERT1")]
    [InlineData("\ufb01x \u00bd", "F1X1\u20442")]
    [InlineData("СЕРТ-0001", "CEPT0001")]
    [InlineData("АВЕКМНОРСТУХІЅЈ", "ABEKMH0PCTYX1SJ")]
    [InlineData("авекмнорстухіѕј", "ABEKMH0PCTYX1SJ")]
    [InlineData("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZH1KMN0PTYX")]
    [InlineData("αβεζηικμνορτυχ", "ABEZH1KMN0PTYX")]
    [InlineData("подарок-ä", "П0ДAP0KÄ")]
    [InlineData("cafe\u0301", "CAFÉ")]
    [InlineData("cafe\u200b\u0301", "CAFÉ")]
    [InlineData("А\u0301", "А\u0301")]
    [InlineData("и\u0306й", "ЙЙ")]
    [InlineData("\u1112\u1161\u11ab\ud55c", "한한")]
    [InlineData("\u0149\u017f", "\u02bcNS")]
    [InlineData("straße_1", "STRAßE_1")]
    [InlineData("ςσΣ", "ΣΣΣ")]
    [InlineData("🎁-x", "🎁X")]
    [InlineData("- \u200b\u2212", "")]
    [InlineData("", "")]
    public void A_code_folds_to_what_survives_a_keyboard_a_chat_program_and_a_phone_call(string text, string folded)
    {
        // Only the tables normalize it: the mark is on a Latin letter after the Cyrillic one is replaced.
        var expected = folded == "А\u0301" ? "Á" : folded;
        Assert.Equal(expected, CertificateCode.Fold(text));
        Assert.Equal(expected, CertificateCode.FromStored(text + new string('-', 600)).Folded);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_folds_to_the_replacement_character() =>
        Assert.Equal("A\ufffd1", CertificateCode.Fold("a\ud83cl"));

    [Fact]
    public void A_folded_form_folds_to_itself()
    {
        for (var character = 0; character <= 0x10FFFF; character++)
        {
            if (!Rune.IsValid(character))
                continue;
            ExpectStable(new Rune(character).ToString());
            ExpectStable($"o{new Rune(character)}\u0301");
        }
        var random = new Random(22);
        int[] pool = [0x41, 0x6F, 0x2D, 0x20, 0x300, 0x301, 0x308, 0x323, 0x345, 0x410, 0x39F, 0x3B9, 0x200D, 0xAD, 0xFB01, 0xFDFA, 0x1100, 0x1161, 0x11A8, 0xDF, 0x149, 0x1F80, 0x1D400, 0x2126, 0xB4];
        for (var round = 0; round < 20_000; round++)
            ExpectStable(string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => new Rune(pool[random.Next(pool.Length)]).ToString())));

        static void ExpectStable(string text)
        {
            var folded = CertificateCode.Fold(text);
            Assert.True(folded == CertificateCode.Fold(folded), $"{Points(text)} folds to {Points(folded)}, which folds further.");
        }
    }

    [Fact]
    public void A_folded_form_that_is_longer_than_a_code_is_none()
    {
        // Each of these becomes fifteen letters.
        Assert.Equal(255, CertificateCode.Fold(new string('\ufdfa', 17)).Length);
        Assert.Equal("", CertificateCode.Fold(new string('\ufdfa', 18)));
        Assert.Equal("", CertificateCode.Fold(new string('\ufdfa', 255)));
    }

    // From NormalizationTest.txt of the Unicode Character Database, a few of each part.
    [Theory]
    [InlineData("1E0A", "1E0A")]
    [InlineData("1E0A 0323", "1E0C 0307")]
    [InlineData("0044 0307 0323", "1E0C 0307")]
    [InlineData("0061 0315 0300 05AE 0300 0062", "00E0 05AE 0300 0315 0062")]
    [InlineData("1100 1161 11A8", "AC01")]
    [InlineData("AC00 11A8", "AC01")]
    [InlineData("1100 AC00 11A8", "1100 AC01")]
    [InlineData("0958", "0915 093C")]
    [InlineData("FB1D", "05D9 05B4")]
    [InlineData("2126", "03A9")]
    [InlineData("F900", "8C48")]
    [InlineData("1D15E", "1D157 1D165")]
    [InlineData("3392", "004D 0048 007A")]
    [InlineData("0D47 0300 0D3E", "0D47 0300 0D3E")]
    [InlineData("09C7 0334 09BE", "09C7 0334 09BE")]
    [InlineData("0041 030A", "00C5")]
    public void NFKC_is_that_of_Unicode_without_the_machine_s_ICU(string text, string normalized) =>
        Assert.Equal(normalized, Points(Nfkc.Normalize(string.Concat(text.Split(' ').Select(
            point => new Rune(int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString())))));

    private static string Points(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)));
}
