using System.Buffers;
using System.Globalization;
using System.Text;
using Scrip.Ledger.Unicode;

namespace Scrip.Ledger.Certificates;

/// <summary>
/// Computes the folded form of a code, which removes everything that a keyboard layout, a chat program, a printout or a phone call may
/// change. Folding is idempotent.
/// </summary>
internal static class CodeFolding
{
    /// <summary>The ASCII characters that folding keeps. A code that has only these is its own folded form.</summary>
    private static readonly SearchValues<char> Kept =
        SearchValues.Create("""!"#$%&'()*+,./0123456789:;<=>?@ABCDEFGHJKMNPQRSTUVWXYZ[\]^_`{|}~""");

    /// <summary>The folded form of each ASCII character; 0 if the character is dropped.</summary>
    private static readonly char[] AsciiForms = [.. Enumerable.Range(0, 128).Select(character => FormOfAscii((char)character))];

    private static readonly Dictionary<int, char> LookAlikes = new(
    [
        .. Pairs("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ"),
        .. Pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ]);

    public static string Fold(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Kept))
            return text;
        var folded = Ascii.IsValid(text) ? FoldAscii(text) : FoldUnicode(text);
        if (folded.Length <= CertificateCode.MaxCharacters)
            return folded;
        // NFKC can turn one character into as many as 18. A form longer than the longest code cannot match one and is too long for an
        // index.
        return folded.EnumerateRunes().Count() <= CertificateCode.MaxCharacters ? folded : "";
    }

    private static string FoldAscii(string text)
    {
        Span<char> kept = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            var form = AsciiForms[character];
            if (form != 0)
                kept[length++] = form;
        }
        return new string(kept[..length]);
    }

    /// <summary>
    /// Repeats until nothing changes. Dropping a character can let a mark compose with the letter before it, and a look-alike with a mark
    /// may be a single letter of the other alphabet.
    /// </summary>
    private static string FoldUnicode(string text)
    {
        string before;
        do
        {
            before = text;
            text = ReplaceLookAlikes(SetAside(text));
        }
        while (text != before);
        return text;
    }

    /// <summary>
    /// Normalizes, drops characters and converts to upper case. Look-alikes are replaced only after the marks have been composed with their
    /// letters.
    /// </summary>
    private static string SetAside(string text)
    {
        string before;
        do
        {
            before = text;
            var kept = new StringBuilder(text.Length);
            foreach (var rune in Nfkc.Normalize(text).EnumerateRunes())
            {
                if (!IsDropped(rune))
                    kept.Append(Rune.ToUpperInvariant(rune));
            }
            text = kept.ToString();
        }
        while (text != before);
        return text;
    }

    private static string ReplaceLookAlikes(string text) => string.Create(text.Length, text, static (replaced, text) =>
    {
        for (var at = 0; at < text.Length; at++)
        {
            var character = LookAlikes.GetValueOrDefault(text[at], text[at]);
            replaced[at] = character < AsciiForms.Length ? AsciiForms[character] : character;
        }
    });

    private static bool IsDropped(Rune rune) => Rune.IsWhiteSpace(rune) || IsMinus(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.DashPunctuation;

    /// <summary>
    /// The dashes outside Unicode's dash category: the modifier minus, the hyphen bullet, the minus sign and the heavy minus sign.
    /// </summary>
    private static bool IsMinus(Rune rune) => rune.Value is 0x02D7 or 0x2043 or 0x2212 or 0x2796;

    private static char FormOfAscii(char character) => char.ToUpperInvariant(character) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var upper => IsDropped(new Rune(upper)) ? '\0' : upper,
    };

    private static IEnumerable<KeyValuePair<int, char>> Pairs(string letters, string latin) =>
        letters.Zip(latin, (letter, form) => KeyValuePair.Create((int)letter, form));
}
