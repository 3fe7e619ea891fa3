using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>A code is taken exactly as it is, or not at all: what a program made of it cannot be made undone.</summary>
internal static partial class CodeCell
{
    /// <summary>From there on a spreadsheet's numbers have lost digits.</summary>
    private const double FirstInexact = 1e15;

    /// <returns>Null if it can be taken.</returns>
    public static (string Fault, string Detail)? FaultOf(CellKind kind, ReadOnlySpan<char> text, bool digitsAreLost)
    {
        if (text.IsWhiteSpace())
            return (ImportFault.MissingCode, "The row has no code.");
        if (kind == CellKind.Error)
            return (ImportFault.ErrorCell, $"A formula failed: the cell is {text}.");
        if (kind is CellKind.Date or CellKind.Boolean)
        {
            return (
                ImportFault.ChangedCode,
                "A spreadsheet took the code for a date or for yes or no. Format the column as text before entering the codes.");
        }
        if (kind is CellKind.Plain or CellKind.Number && Scientific().IsMatch(text) || (kind == CellKind.Number && !IsExactInteger(text)))
        {
            return (
                ImportFault.ScientificNotation,
                $"A spreadsheet made {text} of the code and lost its digits. Export the file again without saving it in a spreadsheet, or "
                + "format the column as text before entering the codes.");
        }
        if (digitsAreLost && LostDigits.IsTooLong(kind, text))
        {
            return (
                ImportFault.LostDigits,
                "All codes of more than 15 digits in the file have zeros from the 16th digit on: a spreadsheet lost their digits. Export "
                + "the file again without saving it in a spreadsheet.");
        }
        if (IsMasked(text))
            return (ImportFault.MaskedCode, "The code is hidden but for its end. Export the file with a token that may read codes.");
        if (!text.Contains('\uFFFD'))
            return null;
        return (
            ImportFault.LostCharacters,
            "The code has bytes that are not characters in the file's encoding. Set encoding, or save the file as UTF-8.");
    }

    private static bool IsExactInteger(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number < FirstInexact
        && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>As Scrip hides a code behind an ellipsis, and others behind two or more stars or bullets.</summary>
    private static bool IsMasked(ReadOnlySpan<char> text) =>
        text is ['\u2026', ..] or ['*' or '\u2022' or '\u25CF', '*' or '\u2022' or '\u25CF', ..];

    [GeneratedRegex(@"^[0-9]([.,][0-9]+)?E\+[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}
