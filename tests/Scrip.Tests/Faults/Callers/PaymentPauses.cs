using System.Diagnostics;

namespace Scrip.Tests.Faults.Callers;

/// <summary>Measures the longest time between two acknowledged payments of any client.</summary>
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

    /// <summary>Returns the longest pause since the last call.</summary>
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
