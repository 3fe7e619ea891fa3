using System.Globalization;

namespace Scrip.Printing;

/// <summary>A column of a table for people.</summary>
/// <param name="Text">Returns the cell; null for an empty one.</param>
/// <param name="IsNumber">Whether the column is aligned to the right, and never wrapped.</param>
/// <param name="IsTime">Whether the cells are times, which a narrow terminal shows in two lines: the day and the time.</param>
internal sealed record Column<T>(string Name, Func<T, string?> Text, bool IsNumber = false, bool IsTime = false);

/// <summary>The texts of cells.</summary>
internal static class Cells
{
    public const string Nothing = "-";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string YesOrNo(bool value) => value ? "yes" : "no";

    /// <summary>RFC 3339 in UTC, without fractions of a second.</summary>
    public static string? Time(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes a text one line that a terminal only shows: a control character of a note or of an old code could move its cursor.
    /// </summary>
    public static string Printable(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Nothing;
        return text.Any(char.IsControl)
            ? string.Concat(text.Select(character => char.IsControl(character) ? character is '\n' or '\t' ? ' ' : '\uFFFD' : character))
            : text;
    }
}
