using System.Diagnostics;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>Callers that each send their next request as soon as the last response arrives: how much the server can do.</summary>
internal static class ClosedLoop
{
    public static LoadResult Run(
        ServerProcess server, int clients, IRequestSource requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var callers = new Clients(server.Port, clients, cancellationToken);
        var waits = new List<long>(1_000_000);
        var inTime = 0;
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        while (callers.AnyFree)
            callers.Send(requests, Stopwatch.GetTimestamp());
        while (callers.AnyWaiting)
            callers.Wait(TimeSpan.MaxValue, OnAnswer);
        return new(duration, inTime, waits);

        void OnAnswer(long since)
        {
            var now = Stopwatch.GetTimestamp();
            waits.Add(now - since);
            if (now >= end)
                return;
            inTime++;
            callers.Send(requests, now);
        }
    }
}
