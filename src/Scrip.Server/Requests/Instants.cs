using System.Globalization;

namespace Scrip.Server.Requests;

/// <summary>Times as callers write them.</summary>
public static class Instants
{
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static readonly long LastUnixSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Unix seconds or RFC 3339. A plus sign that a query string turned into a space is taken for what was meant.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LastUnixSecond)
        {
            instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        return TryParseRfc3339(text.Replace(' ', '+'), out instant);
    }

    /// <summary>RFC 3339 allows small letters, and digits of a second without end: those beyond what is kept are cut off.</summary>
    public static bool TryParseRfc3339(string text, out DateTimeOffset instant)
    {
        text = CutFraction(text.ToUpperInvariant());
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        instant = default;
        return hasOffset
            && DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>To what is stored: a finer part is cut off, so that an answer and a later read say the same.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private static string CutFraction(string text)
    {
        const int fraction = 20;
        const int keptDigits = 7;
        if (text.Length <= fraction || text[fraction - 1] != '.')
            return text;
        var digits = text.AsSpan(fraction).IndexOfAnyExceptInRange('0', '9');
        return digits > keptDigits ? text.Remove(fraction + keptDigits, digits - keptDigits) : text;
    }
}
