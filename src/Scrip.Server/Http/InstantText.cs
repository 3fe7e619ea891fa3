using System.Globalization;
using System.Text.RegularExpressions;

namespace Scrip.Server.Http;

/// <summary>Parses times in requests.</summary>
public static partial class InstantText
{
    private const string Local = "yyyy-MM-dd'T'HH:mm:ss";

    public static readonly long LastUnixSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Parses unix seconds or RFC 3339. A space is read as the plus sign that a query string turned into it.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        if (QueryNumber.TryParse(text, out var seconds) && seconds <= LastUnixSecond)
        {
            instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        return TryParseRfc3339(text.Replace(' ', '+'), out instant);
    }

    /// <summary>
    /// Parses RFC 3339, 5.6, into UTC. Digits of a second beyond the seventh are cut off. The year 0000 and leap seconds are refused,
    /// because .NET cannot represent them.
    /// </summary>
    public static bool TryParseRfc3339(string text, out DateTimeOffset instant)
    {
        instant = default;
        var match = Rfc3339().Match(text);
        if (!match.Success || !DateTime.TryParseExact(
                match.Groups["local"].Value.ToUpperInvariant(), Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return false;
        var ticks = local.Ticks + TicksOf(match.Groups["fraction"].ValueSpan) - OffsetOf(match).Ticks;
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
            return false;
        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Cuts an instant to the stored precision, so that a response and a later read agree.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private static long TicksOf(ReadOnlySpan<char> fraction)
    {
        var ticks = 0L;
        for (int at = 0, unit = (int)TimeSpan.TicksPerSecond / 10; unit > 0 && at < fraction.Length; at++, unit /= 10)
            ticks += (fraction[at] - '0') * unit;
        return ticks;
    }

    private static TimeSpan OffsetOf(Match match)
    {
        if (!match.Groups["sign"].Success)
            return TimeSpan.Zero;
        var offset = new TimeSpan(Number("hours"), Number("minutes"), seconds: 0);
        return match.Groups["sign"].ValueSpan[0] == '-' ? -offset : offset;

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Lower-case letters are allowed, and offsets up to 23:59, which .NET's own parser refuses.</summary>
    [GeneratedRegex(
        """
        \A (?<local> [0-9]{4}-[0-9]{2}-[0-9]{2} [Tt] [0-9]{2}:[0-9]{2}:[0-9]{2} ) ( \. (?<fraction> [0-9]+ ) )?
        ( [Zz] | (?<sign> [+-] ) (?<hours> [01][0-9] | 2[0-3] ) : (?<minutes> [0-5][0-9] ) ) \z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Rfc3339();
}
