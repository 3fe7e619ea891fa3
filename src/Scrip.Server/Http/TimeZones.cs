namespace Scrip.Server.Http;

/// <summary>Converts dates to instants in a site's time zone.</summary>
internal static class TimeZones
{
    /// <summary>Whether this machine knows the IANA name.</summary>
    public static bool IsKnown(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    /// <summary>
    /// The first instant of a day. If the clocks skip midnight, it is the instant after the skip; if midnight occurs twice, it is the first
    /// one.
    /// </summary>
    public static DateTimeOffset StartOf(DateOnly date, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(midnight))
        {
            // Just before the gap the old offset still applied, and with it the skipped midnight is the instant of the change.
            var offset = zone.GetUtcOffset(midnight.AddDays(-1));
            return At(midnight, offset);
        }
        var offsets = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight) : [zone.GetUtcOffset(midnight)];
        return At(midnight, offsets.Max());
    }

    /// <summary>The first instant after the day.</summary>
    public static DateTimeOffset EndOf(DateOnly date, string timeZone) =>
        date == DateOnly.MaxValue ? DateTimeOffset.MaxValue.ToMicrosecond() : StartOf(date.AddDays(1), timeZone);

    /// <summary>
    /// Converts a local time. East of Greenwich, the first representable day began before the first representable instant.
    /// </summary>
    private static DateTimeOffset At(DateTime local, TimeSpan offset) =>
        new(Math.Max(local.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks), TimeSpan.Zero);
}
