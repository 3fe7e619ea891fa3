namespace Scrip.Storage;

/// <summary>Instants as stored: microseconds since 1970, which every database can hold exactly.</summary>
internal static class Microseconds
{
    private static readonly long Earliest = From(DateTimeOffset.MinValue);
    private static readonly long Latest = From(DateTimeOffset.MaxValue);

    /// <summary>Converts an instant and cuts off anything finer: the last microsecond that is not after the instant.</summary>
    public static long From(DateTimeOffset instant) =>
        instant.UtcTicks / TimeSpan.TicksPerMicrosecond - DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The first instant in whole microseconds that is not before this one.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset instant)
    {
        const long most = TimeSpan.TicksPerMicrosecond - 1;
        var ticks = (instant.UtcTicks + most) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond;
        return new(Math.Min(ticks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }

    /// <summary>
    /// Converts a stored number. It never fails: a damaged number outside the calendar becomes the calendar's first or last instant, which
    /// keeps its order.
    /// </summary>
    public static DateTimeOffset ToInstant(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.UtcTicks + Math.Clamp(microseconds, Earliest, Latest) * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
