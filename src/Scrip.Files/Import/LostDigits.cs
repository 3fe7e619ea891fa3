using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>
/// Detects digits that a spreadsheet has lost: it keeps fifteen digits of a number and replaces the others by zeros. A code of sixteen
/// digits that ends in 0 proves nothing; if all such codes of a file do, and that is no coincidence, they have lost digits.
/// </summary>
internal sealed class LostDigits
{
    private const int KeptDigits = 15;

    /// <summary>A code that ends in 0 by chance is one in ten. Two of them are one in a hundred, which is enough.</summary>
    private const int SuspiciousZeros = 2;

    private int zeros;
    private bool isContradicted;

    public bool AreLost => !isContradicted && zeros >= SuspiciousZeros;

    public bool MayBeLost => !isContradicted && zeros > 0 && !AreLost;

    /// <summary>Whether a spreadsheet would have removed digits of this code.</summary>
    public static bool IsTooLong(CellKind kind, ReadOnlySpan<char> code) =>
        kind == CellKind.Plain && code.Length > KeptDigits && !code.ContainsAnyExceptInRange('0', '9');

    public void Observe(CellKind kind, ReadOnlySpan<char> code)
    {
        if (!IsTooLong(kind, code))
            return;
        var lost = code[KeptDigits..];
        if (lost.ContainsAnyExcept('0'))
            isContradicted = true;
        else
            zeros += lost.Length;
    }
}
