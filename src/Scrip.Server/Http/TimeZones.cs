namespace Scrip.Server.Http;

/// <summary>Days where a site is.</summary>
internal static class TimeZones
{
    /// <summary>Whether this machine knows the IANA name.</summary>
    public static bool IsKnown(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    /// <summary>The first instant of a day. Where the clocks skip midnight, that is when they have skipped it; where midnight comes twice,
    /// the first one.</summary>
    public static DateTimeOffset StartOf(DateOnly date, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(midnight))
        {
            // Just before the gap the offset still was the old one, and by it the skipped midnight is the instant of the change.
            var offset = zone.GetUtcOffset(midnight.AddDays(-1));
            return At(midnight, offset);
        }
        var offsets = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight) : [zone.GetUtcOffset(midnight)];
        return At(midnight, offsets.Max());
    }

    /// <summary>The first instant that is not in the day any more.</summary>
    public static DateTimeOffset EndOf(DateOnly date, string timeZone) =>
        date == DateOnly.MaxValue ? DateTimeOffset.MaxValue.ToMicrosecond() : StartOf(date.AddDays(1), timeZone);

    /// <summary>East of Greenwich the first day there is began before the first instant there is.</summary>
    private static DateTimeOffset At(DateTime local, TimeSpan offset) =>
        new(Math.Max(local.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks), TimeSpan.Zero);
}
