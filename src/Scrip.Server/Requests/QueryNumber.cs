using System.Globalization;

namespace Scrip.Server.Requests;

/// <summary>An integer in a query.</summary>
internal static class QueryNumber
{
    /// <summary>Refuses what .NET ignores at the end of a number: NUL characters.</summary>
    public static bool TryParse(string text, NumberStyles styles, out long value)
    {
        value = 0;
        return !text.Contains('\0', StringComparison.Ordinal) && long.TryParse(text, styles, CultureInfo.InvariantCulture, out value);
    }
}
