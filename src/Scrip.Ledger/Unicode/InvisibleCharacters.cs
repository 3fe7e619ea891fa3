using System.Globalization;
using System.Text;

namespace Scrip.Ledger.Unicode;

/// <summary>
/// Characters that nobody sees: format characters (zero-width ones, byte order and direction marks, soft hyphens) and the separators of
/// lines and paragraphs. With one of them a text looks the same and is another text.
/// </summary>
public static class InvisibleCharacters
{
    public static bool AnyIn(string text) => Any(text, IsInvisible);

    /// <summary>
    /// Whether free text has any that no script needs. Some scripts and emoji are written with joiners, and mixed directions with marks.
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
