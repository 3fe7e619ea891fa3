using System.Globalization;

namespace Scrip.Server.Http;

/// <summary>
/// An integer in a query or a path: digits and nothing else. .NET's parser also takes NUL characters behind it, and a plus sign wherever it
/// takes a minus sign.
/// </summary>
internal static class QueryNumber
{
    public static bool TryParse(string text, out long value)
    {
        value = 0;
        return IsDigits(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether it is an integer, whether or not a long can hold it: digits, which one minus sign may precede.</summary>
    public static bool IsInteger(ReadOnlySpan<char> text) => IsDigits(text is ['-', .. var magnitude] ? magnitude : text);

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
