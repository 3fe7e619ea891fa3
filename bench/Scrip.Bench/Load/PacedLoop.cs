using System.Diagnostics;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>
/// Requests at a fixed rate, whether or not the earlier ones have been answered: how long callers wait who do not know of each other. A
/// request is waited for from the moment it should have been sent, so that a server that stalls is charged with all who came meanwhile.
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
        // Nobody was free to send these in time: they have waited so long at least.
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
