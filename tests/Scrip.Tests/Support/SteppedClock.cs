namespace Scrip.Tests.Support;

/// <summary>A clock that stands still until a test moves it: the time of day, or its monotonic timestamps, or both.</summary>
public sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset now = Instants.Start;
    private long timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => timestamp;

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        timestamp += by.Ticks;
    }

    /// <summary>Somebody sets the time of day.</summary>
    public void Set(DateTimeOffset timeOfDay) => now = timeOfDay;
}
