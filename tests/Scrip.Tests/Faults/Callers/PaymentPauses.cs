using System.Diagnostics;

namespace Scrip.Tests.Faults.Callers;

/// <summary>The longest time between two payments of anybody that were acknowledged.</summary>
internal sealed class PaymentPauses
{
    private readonly Lock gate = new();
    private long last = Stopwatch.GetTimestamp();
    private TimeSpan longest;

    public void Note()
    {
        lock (gate)
        {
            if (Stopwatch.GetElapsedTime(last) is var pause && pause > longest)
                longest = pause;
            last = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Since it was last asked.</summary>
    public TimeSpan TakeLongest()
    {
        lock (gate)
        {
            var taken = longest;
            longest = default;
            return taken;
        }
    }
}
