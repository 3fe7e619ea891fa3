namespace Scrip.Files.Import;

/// <summary>What a time that a shop wrote down is as an instant.</summary>
internal static class SiteTime
{
    /// <summary>
    /// In the hour that the clocks skip, the offset before it counts; in the hour that comes twice, the first one.
    /// </summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
