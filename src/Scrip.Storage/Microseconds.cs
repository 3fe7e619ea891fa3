namespace Scrip.Storage;

/// <summary>Instants as stored: microseconds since 1970, what every database can hold exactly.</summary>
internal static class Microseconds
{
    public static long From(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.UtcTicks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
