using Scrip.Files.Formats;

namespace Scrip.Files.Import;

/// <summary>The words of programs, spreadsheets and people for yes and no, in several languages.</summary>
internal static class YesOrNo
{
    private static readonly string[] Yes =
    [
        "true", "yes", "y", "1", "on", "active", "enabled", "da", "activ", "adevărat", "да", "истина", "активен", "активно", "так",
        "істина", "активний", "ja", "wahr", "oui", "vrai", "actif", "sí", "si", "sì", "verdadero", "vero", "attivo", "tak", "prawda",
    ];

    private static readonly string[] No =
    [
        "false", "no", "n", "0", "off", "inactive", "disabled", "nu", "inactiv", "fals", "нет", "ложь", "неактивен", "неактивно", "ні",
        "неправда", "хибність", "неактивний", "nein", "falsch", "non", "faux", "inactif", "falso", "inattivo", "nie", "fałsz",
    ];

    /// <summary>Whether the text is one of the product's own words for yes.</summary>
    public static bool IsYes(ReadOnlySpan<char> text, FormatColumn column) => IsOneOf(text.Trim(), column.Yes);

    public static bool TryRead(ReadOnlySpan<char> text, FormatColumn column, out bool isYes)
    {
        text = text.Trim();
        isYes = IsOneOf(text, column.Yes) || IsOneOf(text, Yes);
        return isYes || IsOneOf(text, column.No) || IsOneOf(text, No);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
