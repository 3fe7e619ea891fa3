using System.Diagnostics;
using Scrip.Bench.Results;

namespace Scrip.Bench.Load;

/// <summary>One turn of load.</summary>
/// <param name="Answered">The number of responses within the duration.</param>
/// <param name="Waits">The waits of all requests, including later responses, in ticks of the stopwatch.</param>
internal sealed record LoadResult(TimeSpan Duration, int Answered, IReadOnlyList<long> Waits)
{
    public double RequestsPerSecond => Answered / Duration.TotalSeconds;

    public Latency Latency => LatencyOf([this]);

    public static Latency LatencyOf(IReadOnlyCollection<LoadResult> turns)
    {
        var waits = turns.SelectMany(turn => turn.Waits).ToArray();
        Array.Sort(waits);
        return new(At(0.50), At(0.99));

        double At(double part) => Stopwatch.GetElapsedTime(0, waits[(int)(waits.Length * part)]).TotalMilliseconds;
    }
}
