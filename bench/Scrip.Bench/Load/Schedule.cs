using System.Diagnostics;

namespace Scrip.Bench.Load;

/// <summary>The moments when requests at a fixed rate are due, in ticks of the stopwatch. It begins with its construction.</summary>
internal sealed class Schedule
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double interval;
    private int taken;

    public Schedule(double requestsPerSecond, TimeSpan duration)
    {
        interval = Stopwatch.Frequency / requestsPerSecond;
        Count = (int)(duration.TotalSeconds * requestsPerSecond);
        End = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
    }

    public int Count { get; }

    public long End { get; }

    /// <summary>Whether no more requests are due.</summary>
    public bool IsOver => taken == Count || Stopwatch.GetTimestamp() >= End;

    /// <summary>The time to the next request; the maximum if no more requests are due.</summary>
    public TimeSpan TimeToNext => IsOver ? TimeSpan.MaxValue : Until(MomentOf(taken));

    /// <summary>The time to the end; the maximum after it.</summary>
    public TimeSpan TimeToEnd => IsOver ? TimeSpan.MaxValue : Until(End);

    /// <summary>Returns whether a request is due now, and since when.</summary>
    public bool TryTake(out long moment)
    {
        moment = MomentOf(taken);
        if (IsOver || moment > Stopwatch.GetTimestamp())
            return false;
        taken++;
        return true;
    }

    /// <summary>How long the requests that were never taken had waited at the end.</summary>
    public IEnumerable<long> NeverTaken() => Enumerable.Range(taken, Count - taken).Select(at => End - MomentOf(at));

    private long MomentOf(int at) => start + (long)(at * interval);

    private static TimeSpan Until(long moment)
    {
        var now = Stopwatch.GetTimestamp();
        return moment > now ? Stopwatch.GetElapsedTime(now, moment) : TimeSpan.Zero;
    }
}
