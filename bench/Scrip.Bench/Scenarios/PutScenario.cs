using Scrip.Bench.Baselines;
using Scrip.Bench.Certificates;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>Durable single writes: how many one client gets, and how many more a crowd gets because its writes share flushes.</summary>
internal sealed class PutScenario : IScenario
{
    private const int Crowd = 64;

    public string Name => "put";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var scale = workbench.Scale;
        using var folder = workbench.CreateFolder();
        await using var server = workbench.Launch(folder);
        await server.WaitUntilLiveAsync(cancellationToken);
        using (var connection = await server.ConnectAsync(cancellationToken))
            await new BulkCalls(server, connection).FillAsync(scale.PutRows, cancellationToken);
        Console.Error.WriteLine("put: warming up");
        await PutAsync(Crowd, turn: 0);

        // In turns, so that a disk that is slow for a while is slow for all of them.
        var flushes = new List<double>();
        var alone = new List<LoadResult>();
        var together = new List<LoadResult>();
        for (var turn = 1; turn <= scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"put: {turn} of {scale.Repeats}");
            flushes.Add(SingleFlushes.Run(folder, scale.FlushTurn));
            alone.Add(await PutAsync(1, turn));
            together.Add(await PutAsync(Crowd, turn));
        }
        var ratios = alone.Zip(together, (one, all) => all.RequestsPerSecond / one.RequestsPerSecond);
        return
        [
            Measure("1 client", alone, Yardstick.Baseline("one flush a write", flushes)),
            Measure($"{Crowd} clients", together, Yardstick.Baseline("one flush a write", flushes)),
            new(Name, $"{Crowd} clients : 1 client", "x", [.. ratios], Yardstick.AtLeast(6)),
            new(Name, "highest memory of the process", "MB", [server.Memory.Peak / 1e6]),
        ];

        Task<LoadResult> PutAsync(int clients, int turn) =>
            ClosedLoop.RunAsync(server, clients, scale.PutRows, turn, scale.PutTurn, cancellationToken);

        Measurement Measure(string quantity, List<LoadResult> turns, Yardstick against) =>
            new(
                Name,
                quantity,
                "writes/s",
                [.. turns.Select(turn => turn.RequestsPerSecond)],
                against,
                Latency.Of(turns.SelectMany(turn => turn.Latencies)));
    }
}
