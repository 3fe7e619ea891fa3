namespace Scrip.Server.Sites;

internal static class TimeZones
{
    /// <summary>Whether this machine knows the IANA name.</summary>
    public static bool IsKnown(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
