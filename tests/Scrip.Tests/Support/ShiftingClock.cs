namespace Scrip.Tests.Support;

/// <summary>
/// A clock that can be set, as an operator or a time server sets the clock of a machine. Only the time of day shifts: timestamps and timers
/// continue undisturbed, like those of the system.
/// </summary>
public sealed class ShiftingClock : TimeProvider
{
    private long offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Volatile.Read(ref offset));

    /// <summary>Sets the clock forward, or back if <paramref name="by"/> is negative.</summary>
    public void Shift(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    /// <summary>Sets the clock to the true time.</summary>
    public void Reset() => Volatile.Write(ref offset, 0);
}
