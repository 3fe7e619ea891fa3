using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Issuing;

/// <summary>
/// A character of <see cref="CodeAlphabet.Base32"/> that detects most typing errors: any single wrong character and any two neighbours
/// swapped. The sum starts at 0; for each character it is doubled in GF(32) and the character's place is added. The check character makes
/// the sum 0.
/// </summary>
public static class CheckCharacter
{
    /// <summary>x⁵ + x² + 1, which generates the field.</summary>
    private const int Polynomial = 0b10_0101;

    private const int FieldSize = 32;

    /// <summary>The number of variable characters in a code of <see cref="CodePattern.Default"/>.</summary>
    private const int LengthOfDefault = 16;

    /// <param name="places">The places of the preceding characters in the alphabet.</param>
    public static byte PlaceFor(ReadOnlySpan<byte> places) => (byte)Doubled(Sum(places));

    /// <param name="places">The places of all characters in the alphabet, the check character last.</param>
    public static bool Fits(ReadOnlySpan<byte> places) => Sum(places) == 0;

    /// <summary>
    /// Whether a typed code looks like one of <see cref="CodePattern.Default"/>, and cannot be one: its check character is wrong. It says
    /// nothing about the codes that exist.
    /// </summary>
    public static bool IsWrongIn(CertificateCode typed)
    {
        var folded = typed.Folded;
        if (folded.Length != LengthOfDefault)
            return false;
        Span<byte> places = stackalloc byte[LengthOfDefault];
        for (var at = 0; at < places.Length; at++)
        {
            if (!CodeAlphabet.Base32.TryPlace(folded[at], out places[at]))
                return false;
        }
        return !Fits(places);
    }

    private static int Sum(ReadOnlySpan<byte> places)
    {
        var sum = 0;
        foreach (var place in places)
            sum = Doubled(sum) ^ place;
        return sum;
    }

    private static int Doubled(int element)
    {
        var doubled = element << 1;
        return doubled < FieldSize ? doubled : doubled ^ Polynomial;
    }
}
