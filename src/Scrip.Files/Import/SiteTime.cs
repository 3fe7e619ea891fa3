namespace Scrip.Files.Import;

/// <summary>Converts a local time at a shop to an instant.</summary>
internal static class SiteTime
{
    /// <summary>In an hour that the clocks skip, the earlier offset applies; in an hour that occurs twice, the first occurrence.</summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
