namespace Scrip.Files.Import;

/// <summary>The words with which programs call a row of sums.</summary>
internal static class TotalWord
{
    private static readonly string[] Words =
    [
        "total", "totals", "totale", "totali", "sum", "summe", "gesamt", "suma", "somme", "totaal", "итого", "всего", "сумма", "разом",
        "усього",
    ];

    public static bool Is(ReadOnlySpan<char> text)
    {
        text = text.Trim(" :");
        foreach (var word in Words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
