using System.Net;
using Scrip.Bench.Http;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The whole list of a large site: how soon it begins, how fast it is, and how much memory it takes.</summary>
internal sealed class ListScenario : IScenario
{
    /// <summary>The baseline's path that lists without all certificates in memory.</summary>
    private const string Streamed = RequestFactory.Certificates + "streamed/";

    private const int MillisecondsToFirstByte = 20;
    private const int MegabytesOfGrowth = 32;

    /// <summary>Enough for the runtime to compile the code.</summary>
    private const int WarmUps = 4;

    /// <summary>The median of these counts: a single list tells little when client, server and database share two cores.</summary>
    private const int ListsInTurn = 5;

    public string Name => "list";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.ListRows;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, rows, cancellationToken);
        await using var baseline = await Contender.StartAsync(workbench, workbench.Programs.EfCore, rows, cancellationToken);
        var limit = workbench.Database.ListLimit;
        await limit.RunAsync(ours.Store, rows, cancellationToken);

        var limits = new List<double>();
        var ourTurns = new List<Lists>();
        var baselineTurns = new List<Lists>();
        var streamedTurns = new List<Lists>();
        for (var turn = 1; turn <= workbench.Scale.Repeats; turn++)
        {
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            limits.Add(await limit.RunAsync(ours.Store, rows, cancellationToken) / 1e6);
            ourTurns.Add(await ListOftenAsync(ours, RequestFactory.Certificates, rows, cancellationToken));
            baselineTurns.Add(await ListOftenAsync(baseline, RequestFactory.Certificates, rows, cancellationToken));
            streamedTurns.Add(await ListOftenAsync(baseline, Streamed, rows, cancellationToken));
        }

        var goal = workbench.Database.Goals.List;
        return
        [
            Measure($"{rows:N0}", "MB/s", Speed, baselineTurns, goal.OfBaseline) with { Limit = new(limit.Name, limits, goal.OfLimit) },
            Measure($"{rows:N0}, beside a streaming baseline", "MB/s", Speed, streamedTurns),
            Measure("time to first byte", "ms", list => list.First.FirstByte.TotalMilliseconds, baselineTurns) with
            {
                LessIsBetter = true,
                Limit = Reference.Target(MillisecondsToFirstByte),
            },
            Measure("growth of memory", "MB", list => list.GrowthBytes / 1e6, baselineTurns) with
            {
                LessIsBetter = true,
                Limit = Reference.Target(MegabytesOfGrowth),
            },
        ];

        Measurement Measure(
            string quantity, string unit, Func<Lists, double> select, IEnumerable<Lists> baselines, double? goalOfBaseline = null) =>
            new(Name, workbench.Database.Name, quantity, unit, [.. ourTurns.Select(select)])
            {
                Baseline = Reference.EfCore([.. baselines.Select(select)], goalOfBaseline),
            };

        static double Speed(Lists lists) => lists.Median.MegabytesPerSecond;
    }

    // In a separate process: one that has loaded a million certificates keeps so much memory that a list would not show.
    private static async Task<Lists> ListOftenAsync(
        Contender contender, string path, int rows, CancellationToken cancellationToken)
    {
        await contender.RestartAsync(cancellationToken);
        var server = contender.Server;
        using var connection = await server.ConnectAsync(cancellationToken);
        await connection.RequireAsync(server.Requests.Get(RequestFactory.Certificates + "1/"), HttpStatusCode.OK, cancellationToken);
        await connection.SkipBodyAsync(cancellationToken);

        ArrayAnswer? first = null;
        var growth = await server.Memory.GrowthDuringAsync(async () => first = await ListAsync());
        for (var warmUp = 1; warmUp <= WarmUps; warmUp++)
            await ListAsync();
        var lists = new List<ArrayAnswer>();
        for (var list = 1; list <= ListsInTurn; list++)
            lists.Add(await ListAsync());
        return new(first!, growth, lists.OrderBy(list => list.MegabytesPerSecond).ElementAt(ListsInTurn / 2));

        Task<ArrayAnswer> ListAsync() => ArrayAnswer.ReadAsync(
            connection, server.Requests.Get(path), HttpStatusCode.OK, rows, cancellationToken);
    }

    private sealed record Lists(ArrayAnswer First, long GrowthBytes, ArrayAnswer Median);
}
