using System.Net.Sockets;
using Npgsql;
using Scrip.Bench.Results;
using Scrip.Bench.Scenarios;
using Scrip.Bench.Server;

namespace Scrip.Bench;

/// <summary>Runs one scenario after another. If one fails, the others keep their numbers.</summary>
internal sealed class BenchRun
{
    private static readonly TimeSpan ScenarioLimit = TimeSpan.FromMinutes(20);

    private readonly List<Measurement> measurements = [];

    public IReadOnlyList<Measurement> Measurements => measurements;

    public bool HasFailed { get; private set; }

    public async Task AddAsync(IScenario scenario, Workbench workbench, CancellationToken cancellationToken)
    {
        var title = $"{scenario.Name} on {workbench.Database.Name}";
        Console.Error.WriteLine(title);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(ScenarioLimit);
        try
        {
            var measured = await scenario.RunAsync(workbench, limited.Token);
            if (measured.Count == 0)
                Console.Error.WriteLine($"{title}: nothing to measure here");
            measurements.AddRange(measured);
        }
        catch (Exception failure) when (failure is BenchException or SocketException or NpgsqlException)
        {
            Fail(title, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(title, $"no end after {ScenarioLimit.TotalMinutes} minutes");
        }
    }

    public void Add(IEnumerable<Measurement> more) => measurements.AddRange(more);

    private void Fail(string title, string reason)
    {
        HasFailed = true;
        Console.Error.WriteLine($"{title} failed: {reason}");
    }
}
