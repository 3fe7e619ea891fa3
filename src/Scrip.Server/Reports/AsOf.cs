using System.Globalization;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Reports;

/// <summary>Reads the instant of a report.</summary>
internal static class AsOf
{
    public const string Parameter = "as_of";

    /// <summary>
    /// Reads a time, or a date as the end of that day at the site; never the future, which may still change. Today means now. Null without
    /// the parameter.
    /// </summary>
    public static DateTimeOffset? Read(QueryParameters query, string timeZone, DateTimeOffset now, RequestErrors errors)
    {
        if (query.Text(Parameter) is not { } text)
            return null;
        DateTimeOffset asOf;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            if (TimeZones.StartOf(date, timeZone) > now)
                errors.Add($"?{Parameter}", ErrorCodes.OutOfRange, $"{Parameter} must not be in the future.");
            var lastMicrosecond = TimeZones.EndOf(date, timeZone).AddMicroseconds(-1);
            return lastMicrosecond < now ? lastMicrosecond : now;
        }
        if (!InstantText.TryParse(text, out asOf))
        {
            errors.Add(
                $"?{Parameter}", ErrorCodes.UnknownValue,
                $"{Parameter} must be unix seconds, a time like 2026-01-31T12:00:00Z, or a date like 2026-01-31.");
        }
        else if (asOf > now)
        {
            errors.Add($"?{Parameter}", ErrorCodes.OutOfRange, $"{Parameter} must not be in the future.");
        }
        return asOf.ToMicrosecond();
    }
}
