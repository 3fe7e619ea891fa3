using System.Buffers;
using System.Globalization;
using System.Text;

namespace Scrip.Ledger.Certificates;

/// <summary>What a customer types to pay: 1 to 255 Unicode characters, compared exactly, unique in its site.</summary>
public readonly record struct CertificateCode
{
    /// <summary>Counted in Unicode scalar values, as a person counts them, not in UTF-16 units.</summary>
    public const int MaxCharacters = 255;

    /// <summary>Of ASCII, what a code folds to unchanged: nearly all codes are of these alone.</summary>
    private static readonly SearchValues<char> Unfolded =
        SearchValues.Create("""!"#$%&'()*+,./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`{|}~""");

    private readonly string? text;

    private CertificateCode(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("A certificate code was used before it was made.");

    public static CodeFault TryCreate(string text, out CertificateCode code)
    {
        code = default;
        if (text.Length == 0)
            return CodeFault.Empty;
        var characters = 0;
        for (var at = 0; at < text.Length; characters++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return CodeFault.NotUnicode;
            if (Rune.IsControl(rune))
                return CodeFault.ControlCharacter;
            at += rune.Utf16SequenceLength;
        }
        if (characters > MaxCharacters)
            return CodeFault.TooLong;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            return CodeFault.OuterWhiteSpace;
        code = new CertificateCode(text);
        return CodeFault.None;
    }

    /// <summary>
    /// What is left of it with case, white space and hyphens set aside: how it may come back from a person who types or reads it out.
    /// </summary>
    public string Folded => Fold(Text);

    /// <summary>For text that passed <see cref="TryCreate"/> before it was stored.</summary>
    public static CertificateCode FromStored(string text) => new(text);

    /// <summary>Likewise, of UTF-8. Where it is the likely one, that is answered, and no text is made again.</summary>
    /// <param name="likely">None where nothing is known.</param>
    public static CertificateCode FromStored(ReadOnlySpan<byte> utf8, CertificateCode likely) =>
        likely.text is { } text && Ascii.Equals(utf8, text) ? likely : new(Encoding.UTF8.GetString(utf8));

    public override string ToString() => Text;

    private static string Fold(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unfolded))
            return text;
        Span<char> kept = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.DashPunctuation)
                kept[length++] = char.ToUpperInvariant(character);
        }
        return new string(kept[..length]);
    }
}

/// <summary>Why a text is not a <see cref="CertificateCode"/>.</summary>
public enum CodeFault
{
    None,
    Empty,
    NotUnicode,
    ControlCharacter,
    TooLong,
    OuterWhiteSpace,
}
