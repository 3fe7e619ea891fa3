using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;

namespace Scrip.Tests.Ledger;

public sealed class CodePatternTests
{
    private const string TenLiterals = "ABCDEFGHIJ";

    public static TheoryData<string, bool, PatternFault> Patterns => new()
    {
        { CodePattern.Default, false, PatternFault.None },
        { "###########", false, PatternFault.None },
        { "##########", false, PatternFault.TooWeak },
        { "##########?", false, PatternFault.TooWeak },
        { "#################", true, PatternFault.None },
        { "################", true, PatternFault.TooWeak },
        { "\\#\\#\\#\\#\\#\\#\\#\\#\\#\\#\\#", false, PatternFault.TooWeak },
        { "GIFT", false, PatternFault.TooWeak },
        { "", false, PatternFault.NotACode },
        { "ПОДАРОК-############?", false, PatternFault.None },
        { "🎁############?-2026", false, PatternFault.None },
        { "############\\", false, PatternFault.EndsWithEscape },
        { "############??", false, PatternFault.SecondCheck },
        { "######?#####?", false, PatternFault.RandomAfterCheck },
        { "############?#", false, PatternFault.RandomAfterCheck },
        { "#################?", true, PatternFault.CheckWithoutBase32 },
        { "#################\\?", true, PatternFault.None },
        { new string('#', 64), false, PatternFault.None },
        { new string('#', 65), false, PatternFault.TooLong },
        { string.Concat(Enumerable.Repeat("🎁", 53)) + "###########", false, PatternFault.None },
        { string.Concat(Enumerable.Repeat("🎁", 54)) + "###########", false, PatternFault.TooLong },
        { new string('#', 100_000), false, PatternFault.TooLong },
        { " ############", false, PatternFault.NotACode },
        { "############ ", false, PatternFault.NotACode },
        { "GIFT ############", false, PatternFault.None },
        { "A\u0000############", false, PatternFault.NotACode },
        { "A\u200B############", false, PatternFault.NotACode },
        // Folded, each of these becomes 18 characters, and no code is found by a folded form that is too long.
        { string.Concat(Enumerable.Repeat("\uFDFA", 20)) + "###########", false, PatternFault.NotACode },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_is_taken_or_its_fault_is_named(string text, bool isOfDigits, PatternFault fault)
    {
        Assert.Equal(fault, CodePattern.TryParse(text, isOfDigits ? CodeAlphabet.Digits : CodeAlphabet.Base32, out var pattern));
        Assert.Equal(fault is PatternFault.None or PatternFault.TooWeak, pattern is not null);
    }

    /// <summary>A fact, because a row of data cannot hold half a pair.</summary>
    [Fact]
    public void An_unpaired_surrogate_is_no_character_of_a_code()
    {
        Assert.Equal(PatternFault.NotACode, CodePattern.TryParse("A\uD800############", CodeAlphabet.Base32, out _));
        Assert.Equal(PatternFault.NotACode, CodePattern.TryParse("A\uD83C\\\uDF81\uD83C############", CodeAlphabet.Base32, out _));
    }

    [Theory]
    [InlineData(CodePattern.Default, false, 75)]
    [InlineData("###########", false, 55)]
    [InlineData("##########?", false, 50)]
    [InlineData("#################", true, 56)]
    [InlineData("################", true, 53)]
    [InlineData("GIFT", false, 0)]
    public void A_pattern_knows_its_random_bits(string text, bool isOfDigits, int bits)
    {
        CodePattern.TryParse(text, isOfDigits ? CodeAlphabet.Digits : CodeAlphabet.Base32, out var pattern);

        Assert.Equal(bits, pattern!.Bits);
    }

    [Theory]
    [InlineData("###########", "0123456789A")]
    [InlineData("##-##-##-##-###", "01-23-45-67-89A")]
    [InlineData("A\\#B\\?C\\\\###########", "A#B?C\\0123456789A")]
    [InlineData("\\A###########", "A0123456789A")]
    [InlineData("###########-🎁", "0123456789A-🎁")]
    public void The_random_characters_take_their_places(string text, string code)
    {
        CodePattern.TryParse(text, CodeAlphabet.Base32, out var pattern);

        Assert.Equal(code, pattern!.Fill([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }

    /// <summary>Computed independently of this code: over the places 0 … 14 the sum is 2, and its double is 4.</summary>
    [Fact]
    public void The_check_character_comes_from_the_others()
    {
        CodePattern.TryParse(CodePattern.Default, CodeAlphabet.Base32, out var pattern);

        Assert.Equal("0123-4567-89AB-CDE4", pattern!.Fill([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]));
    }

    /// <summary>What a person reads aloud, types or looks up is never another code of the same alphabet.</summary>
    [Fact]
    public void No_two_characters_are_taken_for_each_other()
    {
        Assert.DoesNotContain(CodeAlphabet.Base32.Characters, character => "ILOU".Contains(character, StringComparison.Ordinal));
        foreach (var alphabet in new[] { CodeAlphabet.Base32, CodeAlphabet.Digits })
        {
            Assert.Equal(alphabet.Characters.Length, alphabet.Characters.Distinct().Count());
            Assert.Equal(alphabet.Characters, CertificateCode.Fold(alphabet.Characters));
            Assert.Equal(alphabet.Characters, CertificateCode.Fold(alphabet.Characters.ToLowerInvariant()));
        }
    }

    /// <summary>Equally many bytes map to each character; other bytes are not used.</summary>
    [Fact]
    public void A_random_byte_favours_no_character()
    {
        foreach (var (alphabet, each) in new[] { (CodeAlphabet.Base32, 8), (CodeAlphabet.Digits, 25) })
        {
            var counts = new int[alphabet.Characters.Length];
            for (var drawn = 0; drawn < 256; drawn++)
            {
                if (alphabet.TryPlace((byte)drawn, out var place))
                    counts[place]++;
            }
            Assert.All(counts, count => Assert.Equal(each, count));
        }
    }

    [Fact]
    public void Too_few_random_characters_are_refused()
    {
        CodePattern.TryParse(TenLiterals + "###########", CodeAlphabet.Base32, out var pattern);

        Assert.Throws<ArgumentOutOfRangeException>(() => pattern!.Fill([1, 2, 3]));
    }
}
