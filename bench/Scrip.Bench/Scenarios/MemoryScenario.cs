using System.Diagnostics;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>Whether the process keeps growing under the mixed load, at half of its maximal rate.</summary>
internal sealed class MemoryScenario : IScenario
{
    // The part of the time in which caches fill, which does not count.
    private const double FirstPart = 0.25;
    private const double MegabytesPerMinute = 1;
    private const int Samples = 240;

    public string Name => "memory";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, scale.Certificates, cancellationToken);
        var requests = new MixedRequests(ours.Server.Requests, scale.Certificates);
        ClosedLoop.Run(ours.Server, scale.Clients, requests, scale.WarmUp, cancellationToken);
        var rate = ClosedLoop.Run(ours.Server, scale.Clients, requests, scale.Turn, cancellationToken).RequestsPerSecond / 2;

        Console.Error.WriteLine($"  {rate:N0} a second for {scale.MemoryTime.TotalSeconds:0} s");
        var load = Task.Run(
            () => PacedLoop.Run(ours.Server, scale.Clients, requests, rate, scale.MemoryTime, cancellationToken), cancellationToken);
        var samples = await SampleAsync(ours.Server.Memory, scale.MemoryTime, load, cancellationToken);
        var result = await load;

        var counted = samples.Skip((int)(samples.Count * FirstPart)).ToList();
        var database = workbench.Database.Name;
        return
        [
            new(Name, database, $"at {rate:N0}/s, mean", "MB", [counted.Average(sample => sample.Megabytes)])
            {
                LessIsBetter = true,
                Latency = result.Latency,
            },
            new(Name, database, "slope after the first quarter", "MB/min", [Slope(counted)])
            {
                LessIsBetter = true,
                Limit = Reference.Target(MegabytesPerMinute),
            },
        ];
    }

    private static async Task<List<Sample>> SampleAsync(
        ProcessMemory memory, TimeSpan duration, Task load, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(duration / Samples);
        while (!load.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
            samples.Add(new(Stopwatch.GetElapsedTime(start).TotalMinutes, memory.Resident / 1e6));
        return samples;
    }

    /// <summary>
    /// The median of the slopes between any two samples (Theil and Sen): growth shows, while a single megabyte taken by the runtime does
    /// not count as a megabyte a minute.
    /// </summary>
    private static double Slope(List<Sample> samples)
    {
        var slopes = samples
            .SelectMany((later, at) => samples.Take(at).Select(earlier =>
                (later.Megabytes - earlier.Megabytes) / (later.Minutes - earlier.Minutes)))
            .Order()
            .ToList();
        return slopes[slopes.Count / 2];
    }

    private readonly record struct Sample(double Minutes, double Megabytes);
}
