using System.Net.Sockets;
using Scrip.Bench.Results;
using Scrip.Bench.Scenarios;
using Scrip.Bench.Server;

namespace Scrip.Bench;

/// <summary>Runs one scenario after another. One that fails leaves the others their numbers.</summary>
internal sealed class BenchRun(Workbench workbench)
{
    private static readonly TimeSpan ScenarioLimit = TimeSpan.FromMinutes(10);

    private readonly List<Measurement> measurements = [];

    public IReadOnlyList<Measurement> Measurements => measurements;

    public bool HasFailed { get; private set; }

    public async Task AddAsync(IScenario scenario, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(ScenarioLimit);
        try
        {
            measurements.AddRange(await scenario.RunAsync(workbench, limited.Token));
        }
        catch (Exception failure) when (failure is BenchException or SocketException)
        {
            Fail(scenario, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(scenario, $"no end after {ScenarioLimit.TotalMinutes} minutes");
        }
    }

    private void Fail(IScenario scenario, string reason)
    {
        HasFailed = true;
        Console.Error.WriteLine($"{scenario.Name} failed: {reason}");
    }
}
