using System.Globalization;

namespace Scrip.Server.Http;

/// <summary>
/// Parses an integer in a query or a path: digits and nothing else. .NET's parser also accepts trailing NUL characters, and a plus sign
/// wherever it accepts a minus sign.
/// </summary>
internal static class QueryNumber
{
    public static bool TryParse(string text, out long value)
    {
        value = 0;
        return IsDigits(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the text is an integer, of any size: digits, optionally with a minus sign before them.</summary>
    public static bool IsInteger(ReadOnlySpan<char> text) => IsDigits(text is ['-', .. var magnitude] ? magnitude : text);

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
