using Scrip.Ledger.Certificates;
using Scrip.Ledger.Unicode;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Issuing;

/// <summary>The rules for codes and notes in files, which are those of every other call.</summary>
public static class ImportRules
{
    /// <summary>
    /// Returns a form that is equal for codes that customers could confuse. A code whose folded form is empty is similar only to itself.
    /// </summary>
    public static string Fold(string code) => CertificateCode.Fold(code) is { Length: > 0 } folded ? folded : code;

    public static (string Rule, string Detail)? FaultOfCode(string code) => CertificateCode.TryCreate(code, out _) switch
    {
        CodeFault.None => null,
        CodeFault.Empty => (ErrorCodes.Empty, "A code must not be empty."),
        CodeFault.NotUnicode => (ErrorCodes.NotUnicode, "A code must be Unicode text, without unpaired surrogates."),
        CodeFault.ControlCharacter => (ErrorCodes.ControlCharacter, "A code must have no control characters."),
        CodeFault.TooLong => (ErrorCodes.TooLong, $"A code must have at most {CertificateCode.MaxCharacters} characters."),
        CodeFault.OuterWhiteSpace => (ErrorCodes.OuterWhiteSpace, "A code must not begin or end with white space."),
        CodeFault.InvisibleCharacter => (ErrorCodes.InvisibleCharacter, RequestErrors.NoInvisibleCharacters("A code")),
    };

    public static (string Rule, string Detail)? FaultOfNote(string note)
    {
        if (note.EnumerateRunes().Count() > CertificateTerms.MaxNoteLength)
            return (ErrorCodes.TooLong, $"A note must have at most {CertificateTerms.MaxNoteLength} characters.");
        if (note.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
            return (ErrorCodes.ControlCharacter, "A note must have no control characters but tabs and line breaks.");
        return InvisibleCharacters.AnyNeedlessIn(note)
            ? (ErrorCodes.InvisibleCharacter, RequestErrors.NoNeedlessInvisibleCharacters("A note"))
            : null;
    }
}
