using System.Globalization;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Reports;

/// <summary>A period that includes its first instant and excludes its end: October is from 1 October to 1 November.</summary>
/// <param name="End">Null for a current period, which ends with what is committed now.</param>
internal sealed record ReportPeriod(DateTimeOffset From, DateTimeOffset? End)
{
    public const string Parameter = "from";

    /// <summary>How many days ahead the end of the current period may be. Beyond that, a date is more likely a typing error.</summary>
    private const int MaxDaysAhead = 366;

    /// <summary>The last instant before the period. Stored times are whole microseconds.</summary>
    public DateTimeOffset Opening => LastBefore(From);

    /// <summary>The last instant of the period; null for now.</summary>
    public DateTimeOffset? Closing => End is { } end ? LastBefore(end) : null;

    /// <summary>
    /// Reads the period; null without <c>from</c>. A date is the beginning of that day in the site's time zone, for <c>from</c> and
    /// <c>as_of</c> alike.
    /// </summary>
    public static ReportPeriod? Read(QueryParameters query, string timeZone, DateTimeOffset now, RequestErrors errors)
    {
        if (query.Text(Parameter) is not { } fromText)
            return null;
        var (from, _) = ReadInstant(Parameter, fromText, timeZone, errors);
        if (from > now)
            errors.Add($"?{Parameter}", ErrorCodes.OutOfRange, $"{Parameter} must not be in the future.");
        var end = query.Text(AsOf.Parameter) is { } endText ? ReadEnd(endText, timeZone, now, errors) : null;
        if (from > end)
            errors.Add($"?{Parameter}", ErrorCodes.OutOfRange, $"{Parameter} must not be later than {AsOf.Parameter}.");
        return new ReportPeriod(from ?? now, end);
    }

    private static DateTimeOffset? ReadEnd(string text, string timeZone, DateTimeOffset now, RequestErrors errors)
    {
        var (end, isDate) = ReadInstant(AsOf.Parameter, text, timeZone, errors);
        if (!(end > now))
            return end;
        if (!isDate || end > now.AddDays(MaxDaysAhead))
        {
            errors.Add(
                $"?{AsOf.Parameter}", ErrorCodes.OutOfRange,
                $"{AsOf.Parameter} must not be in the future, unless it is a date at most {MaxDaysAhead} days ahead: "
                + "the end of the current period.");
        }
        return null;
    }

    private static (DateTimeOffset? Instant, bool IsDate) ReadInstant(string name, string text, string timeZone, RequestErrors errors)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return (TimeZones.StartOf(date, timeZone), true);
        if (InstantText.TryParse(text, out var instant))
            return (instant.ToMicrosecond(), false);
        errors.Add(
            $"?{name}", ErrorCodes.UnknownValue,
            $"{name} must be unix seconds, a time like 2026-01-31T12:00:00Z, or a date like 2026-01-31.");
        return (null, false);
    }

    private static DateTimeOffset LastBefore(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue ? instant : instant.AddMicroseconds(-1);
}
