using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Checks that a code is exactly as it was issued: what a program did to a code cannot be undone.</summary>
internal static partial class CodeCell
{
    /// <summary>From this number on, numbers in a spreadsheet have lost digits.</summary>
    private const double FirstInexact = 1e15;

    /// <returns>Null for a valid code.</returns>
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
                "A spreadsheet turned the code into a date or into yes or no. Format the column as text before entering the codes.");
        }
        if (kind is CellKind.Plain or CellKind.Number && Scientific().IsMatch(text) || (kind == CellKind.Number && !IsExactInteger(text)))
        {
            return (
                ImportFault.ScientificNotation,
                $"A spreadsheet turned the code into {text} and lost its digits. Export the file again without saving it in a spreadsheet, "
                + "or format the column as text before entering the codes.");
        }
        if (digitsAreLost && LostDigits.IsTooLong(kind, text))
        {
            return (
                ImportFault.LostDigits,
                "All codes of more than 15 digits in the file have zeros from the 16th digit on: a spreadsheet lost their digits. Export "
                + "the file again without saving it in a spreadsheet.");
        }
        if (IsMasked(text))
            return (ImportFault.MaskedCode, "The code is masked except for its end. Export the file with a token that may read codes.");
        if (!text.Contains('\uFFFD'))
            return null;
        return (
            ImportFault.LostCharacters,
            "The code has bytes that are not characters in the file's encoding. Set encoding, or save the file as UTF-8.");
    }

    private static bool IsExactInteger(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number < FirstInexact
        && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether the code is masked: Scrip puts an ellipsis in front, other products two or more stars or bullets.</summary>
    private static bool IsMasked(ReadOnlySpan<char> text) =>
        text is ['\u2026', ..] or ['*' or '\u2022' or '\u25CF', '*' or '\u2022' or '\u25CF', ..];

    [GeneratedRegex(@"^[0-9]([.,][0-9]+)?E\+[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}
