namespace Scrip.Tests.Support;

/// <summary>A stopped clock that a test moves: the time of day, its monotonic timestamps, or both.</summary>
public sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset now = Instants.Start;
    private long timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => timestamp;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        timestamp += by.Ticks;
    }

    /// <summary>Sets the time of day, as an operator would.</summary>
    public void Set(DateTimeOffset timeOfDay) => now = timeOfDay;
}
