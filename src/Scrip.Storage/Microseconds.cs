namespace Scrip.Storage;

/// <summary>Instants as stored: microseconds since 1970, what every database can hold exactly.</summary>
internal static class Microseconds
{
    /// <summary>What is finer is cut off: the last microsecond that is not after the instant.</summary>
    public static long From(DateTimeOffset instant) =>
        instant.UtcTicks / TimeSpan.TicksPerMicrosecond - DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The first instant with whole microseconds that is not before this one.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset instant)
    {
        const long most = TimeSpan.TicksPerMicrosecond - 1;
        var ticks = (instant.UtcTicks + most) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond;
        return new(Math.Min(ticks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }

    public static DateTimeOffset ToInstant(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.UtcTicks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
