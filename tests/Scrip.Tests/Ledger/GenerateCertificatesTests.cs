using System.Security.Cryptography;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>Codes that are drawn: evenly, from the given source alone, never one that customers could mistake for another, and once and for all.</summary>
public sealed class GenerateCertificatesTests
{
    [Fact]
    public void Certificates_are_made_of_the_first_codes_that_are_free() => LedgerTable.Check("""
        stored 1:B=900
        generate 2=500/off of A C in May => Accepted 2:A=500/off v1, 3:C=500/off v1 batch 1
        generate 2=100/single of A B C D E in - => Accepted 4:D=100/on v1, 5:E=100/on v1 batch 2
        generate 2 of A B F in May => Conflict(0)
        generate 1 of G in May => Accepted 6:G=0/on v1 batch 3
        redeem D 60 R1 => Captured 1:R1 of 4:D 60-60+0 balance 0 | 4 Captured r1 -60 balance 40, 4 Forfeited r1 -40 balance 0
        """);

    /// <summary>A customer who types O for 0 or leaves the hyphen out must not meet somebody else's certificate.</summary>
    [Theory]
    [InlineData("stored 1:a", "A")]
    [InlineData("stored 1:B-1", "B1")]
    [InlineData("stored 1:О0", "00")]
    [InlineData("stored 1:x␣l", "X1")]
    public void A_code_that_another_could_be_mistaken_for_is_passed_over(string stored, string drawn)
    {
        var other = new string('Z', drawn.Length);

        var made = CommandText.Parse($"generate 1 of {drawn} {other} in May").ApplyTo(LedgerTable.StateOf([LedgerTable.Stored(stored)]), Instants.Start);

        Assert.Equal($"Accepted 2:{other}=0/on v1 batch 1", OutcomeText.Of(made.Outcome));
    }

    /// <summary>The state in which the retry comes does not matter: its receipt has the codes.</summary>
    [Fact]
    public void A_retry_gets_the_codes_of_the_first_call_although_others_were_drawn_for_it()
    {
        var pattern = Pattern(CodePattern.Default);
        var first = Command(pattern, CodeDrawing.Draw(pattern, 108, Fill));
        var retry = Command(pattern, CodeDrawing.Draw(pattern, 108, Fill));

        var applied = first.ApplyTo(LedgerTable.StateOf([LedgerTable.Stored("stored 1:A")]), Instants.Start);

        var (told, recalled) = ((CertificatesOutcome)applied.Outcome, (CertificatesOutcome)retry.Recall(applied.Receipt!.Value));
        Assert.Equal(told.Lines, recalled.Lines);
        Assert.Equal((1, 100, 2), (recalled.BatchId, recalled.Lines.Count, recalled.Lines[0].Id));
        Assert.Equal(OutcomeText.Of(told), OutcomeText.Of(recalled));
    }

    [Theory]
    [InlineData("####-####-####-###?", "base32")]
    [InlineData("GIFT ####\\#####\\#-####?", "base32")]
    [InlineData("####-####-####-#####", "digits")]
    public void A_hundred_thousand_codes_are_evenly_distributed_in_each_place(string text, string alphabet)
    {
        const int count = 100_000;
        var characters = alphabet == "digits" ? CodeAlphabet.Digits : CodeAlphabet.Base32;
        var pattern = Pattern(text, characters);

        var codes = CodeDrawing.Draw(pattern, count, Fill);

        Assert.Equal(count, codes.Distinct().Count());
        var places = new byte[pattern.RandomCharacters];
        var found = new int[pattern.RandomCharacters, characters.Characters.Length];
        var checks = new int[characters.Characters.Length];
        foreach (var code in codes)
        {
            pattern.ReadPlaces(code.Text, places);
            for (var at = 0; at < places.Length; at++)
                found[at, places[at]]++;
            if (pattern.HasCheck)
                checks[CheckCharacter.PlaceFor(places)]++;
        }
        for (var at = 0; at < places.Length; at++)
            AssertEven([.. Enumerable.Range(0, characters.Characters.Length).Select(place => found[at, place])], count);
        if (pattern.HasCheck)
            AssertEven(checks, count);
    }

    [Fact]
    public void Every_wrong_character_and_every_swap_of_neighbours_of_300_codes_is_found()
    {
        var pattern = Pattern(CodePattern.Default);
        var places = new byte[pattern.RandomCharacters + 1];
        foreach (var code in CodeDrawing.Draw(pattern, 300, Fill))
        {
            Read(code.Text, places);
            Assert.True(CheckCharacter.Fits(places), code.Text);
            for (var at = 0; at < places.Length; at++)
            {
                var right = places[at];
                for (byte wrong = 0; wrong < CodeAlphabet.Base32.Characters.Length; wrong++)
                {
                    places[at] = wrong;
                    Assert.Equal(wrong == right, CheckCharacter.Fits(places));
                }
                places[at] = right;
                if (at + 1 == places.Length || places[at + 1] == right)
                    continue;
                (places[at], places[at + 1]) = (places[at + 1], places[at]);
                Assert.False(CheckCharacter.Fits(places), $"{code.Text} with {at} and {at + 1} swapped");
                (places[at], places[at + 1]) = (places[at + 1], places[at]);
            }
        }

        static void Read(string code, byte[] places)
        {
            var at = 0;
            foreach (var character in code.Where(character => character != '-'))
                Assert.True(CodeAlphabet.Base32.TryPlace(character, out places[at++]));
            Assert.Equal(places.Length, at);
        }
    }

    [Fact]
    public void Codes_come_from_the_given_source_alone_and_what_it_repeats_is_drawn_again()
    {
        var pattern = Pattern("###########");
        var codes = CodeDrawing.Draw(
            pattern, 3, Scripted([.. Enumerable.Repeat<byte>(1, 22), .. Enumerable.Repeat<byte>(2, 11), .. Enumerable.Repeat<byte>(31, 11)]));

        Assert.Equal(["11111111111", "22222222222", "ZZZZZZZZZZZ"], codes.Select(code => code.Text));
    }

    /// <summary>Of the values of a byte, 250 stand for the ten digits, each equally often.</summary>
    [Fact]
    public void Bytes_that_stand_for_no_digit_are_passed_over()
    {
        var pattern = Pattern("#################", CodeAlphabet.Digits);
        byte[] bytes = [.. Enumerable.Range(240, 16).Select(value => (byte)value), .. Enumerable.Range(0, 7).Select(value => (byte)value)];

        Assert.Equal("01234567890123456", CodeDrawing.Draw(pattern, 1, Scripted(bytes))[0].Text);
    }

    [Fact]
    public void A_source_that_repeats_itself_is_no_source() =>
        Assert.Throws<InvalidOperationException>(() => CodeDrawing.Draw(Pattern("###########"), 2, Scripted([7])));

    private static GenerateCertificates Command(CodePattern pattern, IReadOnlyList<CertificateCode> drawn) =>
        new(pattern, drawn, Count: 100, FaceValue: 500, new NewBatch("May", BatchSource.Generated, Currency.FromStored("USD")))
        {
            SiteId = 1,
            Actor = CommandText.Actor,
            Identity = CommandText.Identity("key"),
        };

    private static CodePattern Pattern(string text, CodeAlphabet? alphabet = null)
    {
        Assert.Equal(PatternFault.None, CodePattern.TryParse(text, alphabet ?? CodeAlphabet.Base32, out var pattern));
        return pattern!;
    }

    /// <summary>Pearson's chi-square. For so many degrees of freedom an even source exceeds the bound once in ten million tests.</summary>
    private static void AssertEven(int[] found, int count)
    {
        var expected = (double)count / found.Length;
        var chiSquare = found.Sum(number => (number - expected) * (number - expected) / expected);
        Assert.InRange(chiSquare, 0, found.Length == 32 ? 93 : 49);
    }

    private static void Fill(byte[] bytes) => RandomNumberGenerator.Fill(bytes);

    /// <summary>Gives these bytes, over and over.</summary>
    private static Action<byte[]> Scripted(byte[] script)
    {
        var at = 0;
        return bytes =>
        {
            for (var index = 0; index < bytes.Length; index++)
                bytes[index] = script[at++ % script.Length];
        };
    }
}
