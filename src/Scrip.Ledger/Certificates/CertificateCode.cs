using System.Text;
using Scrip.Ledger.Unicode;

namespace Scrip.Ledger.Certificates;

/// <summary>What a customer types to pay: 1 to 255 Unicode characters, compared exactly, unique in its site.</summary>
public readonly record struct CertificateCode
{
    /// <summary>Counted in Unicode scalar values, as a person counts them, not in UTF-16 units.</summary>
    public const int MaxCharacters = 255;

    private readonly string? text;

    private CertificateCode(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("A certificate code was used before it was made.");

    /// <summary>
    /// Whether a certificate may be given this code. One that was stored before invisible characters were refused, or that somebody typed,
    /// may have some.
    /// </summary>
    public bool MayBeGiven => !InvisibleCharacters.AnyIn(Text);

    /// <summary>Makes the code also where its only fault is an invisible character: a stored certificate may have it.</summary>
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
        return code.MayBeGiven ? CodeFault.None : CodeFault.InvisibleCharacter;
    }

    /// <inheritdoc cref="Fold"/>
    public string Folded => Fold(Text);

    /// <summary>
    /// The folded form: NFKC without format and control characters, white space, dashes and minus signs, in upper case, with Latin letters
    /// for the Cyrillic and Greek capitals that look like them, 0 for O, and 1 for I and L. Empty where nothing is left, or more than
    /// <see cref="MaxCharacters"/>; then no code is found by it. The databases store and compare what this returns.
    /// </summary>
    public static string Fold(string text) => CodeFolding.Fold(text);

    /// <summary>A code as somebody typed it, which may have what no code may be given.</summary>
    public static CertificateCode FromTyped(string text) => new(text);

    /// <summary>For text that passed <see cref="TryCreate"/> before it was stored.</summary>
    public static CertificateCode FromStored(string text) => new(text);

    /// <summary>A stored code from its UTF-8. Where that is the likely code, its text is not made again.</summary>
    /// <param name="likely">None where nothing is known.</param>
    public static CertificateCode FromStored(ReadOnlySpan<byte> utf8, CertificateCode likely) =>
        likely.text is { } text && Ascii.Equals(utf8, text) ? likely : new(Encoding.UTF8.GetString(utf8));

    public override string ToString() => Text;
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

    /// <summary>The one fault of codes that were stored before this rule.</summary>
    InvisibleCharacter,
}
