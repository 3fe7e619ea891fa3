using System.Globalization;

namespace Scrip.Files.Import;

/// <summary>Reads the time after a date: <c> 18:30</c>, <c>T18:30:00.000Z</c>, <c>, 6:30:00 PM</c>, <c> 18:30:00 +0200</c>.</summary>
internal static class ClockText
{
    private const int DigitsOfTick = 7;

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
        if (!TakeClock(ref text, out time))
            return false;
        // Some programs put a narrow space before AM.
        var rest = text.Trim(" \u202F");
        if (rest.Length >= 2 && rest[1] is 'M' or 'm' && rest[0] is 'A' or 'a' or 'P' or 'p')
        {
            if (time.Hours is < 1 or > 12)
                return false;
            time = new TimeSpan(time.Ticks % (TimeSpan.TicksPerHour * 12) + (rest[0] is 'P' or 'p' ? TimeSpan.TicksPerHour * 12 : 0));
            rest = rest[2..].Trim();
        }
        return TryReadZone(rest, out offset);
    }

    /// <summary>Takes hours and minutes, and seconds and their fraction if they follow.</summary>
    private static bool TakeClock(ref ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        if (!TakeNumber(ref text, leastDigits: 1, most: 23, out var hours) || !TakeMark(ref text, ':')
            || !TakeNumber(ref text, leastDigits: 2, most: 59, out var minutes))
            return false;
        var ticks = 0L;
        if (TakeMark(ref text, ':'))
        {
            if (!TakeNumber(ref text, leastDigits: 2, most: 59, out var seconds))
                return false;
            ticks = seconds * TimeSpan.TicksPerSecond;
            if (TakeMark(ref text, '.'))
                ticks += TakeFraction(ref text);
        }
        time = new TimeSpan(hours, minutes, 0) + new TimeSpan(ticks);
        return text.IsEmpty || !char.IsAsciiDigit(text[0]) && text[0] is not (':' or '.');
    }

    private static bool TakeMark(ref ReadOnlySpan<char> text, char mark)
    {
        if (text is not [var first, ..] || first != mark)
            return false;
        text = text[1..];
        return true;
    }

    /// <summary>Takes a number of at most two digits.</summary>
    private static bool TakeNumber(ref ReadOnlySpan<char> text, int leastDigits, int most, out int number)
    {
        var digits = 0;
        number = 0;
        while (digits < 2 && digits < text.Length && char.IsAsciiDigit(text[digits]))
            number = (number * 10) + (text[digits++] - '0');
        text = text[digits..];
        return digits >= leastDigits && number <= most;
    }

    private static long TakeFraction(ref ReadOnlySpan<char> text)
    {
        var ticks = 0L;
        var digits = 0;
        for (; digits < DigitsOfTick && digits < text.Length && char.IsAsciiDigit(text[digits]); digits++)
            ticks = (ticks * 10) + (text[digits] - '0');
        text = text[digits..];
        for (; digits < DigitsOfTick; digits++)
            ticks *= 10;
        return ticks;
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
