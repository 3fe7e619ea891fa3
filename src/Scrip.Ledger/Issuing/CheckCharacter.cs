namespace Scrip.Ledger.Issuing;

/// <summary>
/// One character of <see cref="CodeAlphabet.Base32"/> that shows most typing errors: any one wrong character, and any two neighbours in the
/// wrong order. Each character's place is added in GF(32), after what came before is doubled; the check character makes the sum 0.
/// </summary>
public static class CheckCharacter
{
    /// <summary>x⁵ + x² + 1, which generates the field.</summary>
    private const int Polynomial = 0b10_0101;

    private const int FieldSize = 32;

    /// <param name="places">Of the characters before it.</param>
    public static byte PlaceFor(ReadOnlySpan<byte> places) => (byte)Doubled(Sum(places));

    /// <param name="places">Of all characters, the check character last.</param>
    public static bool Fits(ReadOnlySpan<byte> places) => Sum(places) == 0;

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
