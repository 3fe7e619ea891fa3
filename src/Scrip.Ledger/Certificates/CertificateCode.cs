using System.Text;
using Scrip.Ledger.Unicode;

namespace Scrip.Ledger.Certificates;

/// <summary>What a customer types to pay: 1 to 255 Unicode characters, compared exactly and unique in its site.</summary>
public readonly record struct CertificateCode
{
    /// <summary>The longest code, in Unicode scalar values, not in UTF-16 code units.</summary>
    public const int MaxCharacters = 255;

    private readonly string? text;

    private CertificateCode(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("A certificate code was used before it was set.");

    /// <summary>
    /// Whether a certificate may be given this code. A typed code, or one stored before invisible characters were refused, may contain
    /// some.
    /// </summary>
    public bool MayBeGiven => !InvisibleCharacters.AnyIn(Text);

    /// <summary>Creates the code, even if its only fault is an invisible character: a stored certificate may have such a code.</summary>
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
    /// The folded form of a text: NFKC without format and control characters, white space, dashes and minus signs; in upper case; with
    /// Latin letters for the Cyrillic and Greek capitals that look like them, 0 for O, and 1 for I and L. Empty if nothing is left or the
    /// form exceeds <see cref="MaxCharacters"/>; no code is found by an empty form. The databases store and compare exactly this form.
    /// </summary>
    public static string Fold(string text) => CodeFolding.Fold(text);

    /// <summary>Wraps a code as somebody typed it, which may contain characters that no new code may have.</summary>
    public static CertificateCode FromTyped(string text) => new(text);

    /// <summary>Wraps a code that passed <see cref="TryCreate"/> before it was stored.</summary>
    public static CertificateCode FromStored(string text) => new(text);

    public override string ToString() => Text;
}

/// <summary>Why a text is not a valid <see cref="CertificateCode"/>.</summary>
public enum CodeFault
{
    None,
    Empty,
    NotUnicode,
    ControlCharacter,
    TooLong,
    OuterWhiteSpace,

    /// <summary>The only fault that stored codes may have: they may predate this rule.</summary>
    InvisibleCharacter,
}
