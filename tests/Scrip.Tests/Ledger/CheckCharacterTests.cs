using Scrip.Ledger.Issuing;

namespace Scrip.Tests.Ledger;

/// <summary>Typical typing errors in 300 codes of sixteen characters.</summary>
public sealed class CheckCharacterTests
{
    private const int Codes = 300;
    private const int Length = 16;

    [Fact]
    public void Every_single_wrong_character_is_found()
    {
        var tried = 0;
        foreach (var code in AllCodes())
        {
            for (var at = 0; at < Length; at++)
            {
                var right = code[at];
                for (byte wrong = 0; wrong < 32; wrong++)
                {
                    code[at] = wrong;
                    Assert.Equal(wrong == right, CheckCharacter.Fits(code));
                    tried++;
                }
                code[at] = right;
            }
        }
        Assert.Equal(Codes * Length * 32, tried);
    }

    [Fact]
    public void Every_swap_of_neighbours_is_found()
    {
        var swaps = 0;
        foreach (var code in AllCodes())
        {
            for (var at = 1; at < Length; at++)
            {
                (code[at - 1], code[at]) = (code[at], code[at - 1]);
                swaps += code[at - 1] == code[at] ? 0 : 1;
                Assert.Equal(code[at - 1] == code[at], CheckCharacter.Fits(code));
                (code[at - 1], code[at]) = (code[at], code[at - 1]);
            }
        }
        Assert.InRange(swaps, 4_000, Codes * (Length - 1));
    }

    private static IEnumerable<byte[]> AllCodes()
    {
        var random = new Random(20_261_201);
        for (var number = 0; number < Codes; number++)
        {
            var code = new byte[Length];
            for (var at = 0; at < Length - 1; at++)
                code[at] = (byte)random.Next(32);
            code[^1] = CheckCharacter.PlaceFor(code.AsSpan(0, Length - 1));
            yield return code;
        }
    }
}
