using System.Globalization;
using System.Text;

namespace Scrip.Ledger.Unicode;

/// <summary>
/// Characters that nobody sees: format characters (zero-width characters, byte order and direction marks, soft hyphens) and line and
/// paragraph separators. A text with one of them looks the same but is a different text.
/// </summary>
public static class InvisibleCharacters
{
    public static bool AnyIn(string text) => Any(text, IsInvisible);

    /// <summary>
    /// Whether a free text has invisible characters that no script needs. Some scripts and emoji need joiners, and mixed directions need
    /// marks.
    /// </summary>
    public static bool AnyNeedlessIn(string text) => Any(text, rune =>
        IsInvisible(rune) && rune.Value is not (0x200C or 0x200D or 0x200E or 0x200F or 0x061C));

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool Any(string text, Func<Rune, bool> isSought)
    {
        if (Ascii.IsValid(text))
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (isSought(rune))
                return true;
        }
        return false;
    }
}
