using System.Diagnostics;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>
/// Requests at a fixed rate, whether or not earlier ones have a response: the waits of independent callers. A wait counts from the moment
/// when the request should have been sent, so that a server that stalls is charged for all requests that became due during that.
/// </summary>
internal static class PacedLoop
{
    public static LoadResult Run(
        ServerProcess server,
        int clients,
        IRequestSource requests,
        double requestsPerSecond,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        using var callers = new Clients(server.Port, clients, cancellationToken);
        var schedule = new Schedule(requestsPerSecond, duration);
        var waits = new List<long>(schedule.Count);
        var inTime = 0;
        while (!schedule.IsOver || callers.AnyWaiting)
        {
            while (callers.AnyFree && schedule.TryTake(out var moment))
                callers.Send(requests, moment);
            callers.Wait(callers.AnyFree ? schedule.TimeToNext : schedule.TimeToEnd, OnAnswer);
        }
        // No caller was free to send these in time: they have waited at least this long.
        waits.AddRange(schedule.NeverTaken());
        return new(duration, inTime, waits);

        void OnAnswer(long since)
        {
            var now = Stopwatch.GetTimestamp();
            waits.Add(now - since);
            if (now < schedule.End)
                inTime++;
        }
    }
}
