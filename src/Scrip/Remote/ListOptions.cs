using System.CommandLine;

namespace Scrip.Remote;

/// <summary><c>--limit</c>, for every list.</summary>
internal static class ListOptions
{
    private const int MostOnPage = 5000;

    private static readonly Option<long?> LimitOption = Arguments.Number("--limit", "rows", "The most rows to print. By default all.");

    public static Command TakesLimit(this Command command)
    {
        command.Add(LimitOption);
        return command;
    }

    public static long? Limit(ParseResult parsed) => parsed.GetValue(LimitOption);

    /// <summary>How many rows to request at once: as many as a page may have, but no more than are printed.</summary>
    public static int PageSize(ParseResult parsed) => (int)Math.Clamp(Limit(parsed) ?? MostOnPage, 1, MostOnPage);
}
