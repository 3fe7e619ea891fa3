using System.Buffers;
using System.Globalization;

namespace Scrip.Files.Import;

/// <summary>Reads the time after a date: <c> 18:30</c>, <c>T18:30:00.000Z</c>, <c>, 6:30:00 PM</c>, <c> 18:30:00 +0200</c>.</summary>
internal static class ClockText
{
    private static readonly string[] Formats = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];

    private static readonly SearchValues<char> Clock = SearchValues.Create("0123456789:.");

    /// <summary>The zones of RFC 2822, and UTC, with their offsets in hours.</summary>
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
    };

    /// <param name="offset">Null if no zone is given.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out TimeSpan time, out TimeSpan? offset)
    {
        time = default;
        offset = null;
        text = text.TrimStart(", Tt").TrimEnd();
        var end = text.IndexOfAnyExcept(Clock) is var other and >= 0 ? other : text.Length;
        var zone = text[end..].Trim();
        if (zone.StartsWith("AM", StringComparison.OrdinalIgnoreCase) || zone.StartsWith("PM", StringComparison.OrdinalIgnoreCase))
        {
            end = text.Length - zone.Length + 2;
            zone = zone[2..].Trim();
        }
        // Some programs put a narrow space before AM.
        var clock = text[..end].ToString().Replace('\u202F', ' ');
        if (!TimeOnly.TryParseExact(clock, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            || !TryReadZone(zone, out offset))
            return false;
        time = parsed.ToTimeSpan();
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.IsEmpty)
            return true;
        if (Zones.TryGetValue(text.ToString(), out var hours))
        {
            offset = TimeSpan.FromHours(hours);
            return true;
        }
        if (text is not [('+' or '-') and var sign, _, _, .., _, _]
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out hours)
            || !int.TryParse(text[3..].TrimStart(':'), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 14 || minutes > 59 || text[3..].TrimStart(':').Length != 2)
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1);
        return true;
    }
}
