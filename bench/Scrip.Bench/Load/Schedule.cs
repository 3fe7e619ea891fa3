using System.Diagnostics;

namespace Scrip.Bench.Load;

/// <summary>The moments at which the requests of a fixed rate are due, in ticks of the stopwatch. It begins when it is made.</summary>
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

    /// <summary>No request is to be sent any more.</summary>
    public bool IsOver => taken == Count || Stopwatch.GetTimestamp() >= End;

    /// <summary>Without end when there is no next one.</summary>
    public TimeSpan TimeToNext => IsOver ? TimeSpan.MaxValue : Until(MomentOf(taken));

    /// <summary>Without end after it.</summary>
    public TimeSpan TimeToEnd => IsOver ? TimeSpan.MaxValue : Until(End);

    /// <summary>Answers whether a request is due by now, and since when.</summary>
    public bool TryTake(out long moment)
    {
        moment = MomentOf(taken);
        if (IsOver || moment > Stopwatch.GetTimestamp())
            return false;
        taken++;
        return true;
    }

    /// <summary>How long those had waited at the end that were never taken.</summary>
    public IEnumerable<long> NeverTaken() => Enumerable.Range(taken, Count - taken).Select(at => End - MomentOf(at));

    private long MomentOf(int at) => start + (long)(at * interval);

    private static TimeSpan Until(long moment)
    {
        var now = Stopwatch.GetTimestamp();
        return moment > now ? Stopwatch.GetElapsedTime(now, moment) : TimeSpan.Zero;
    }
}
