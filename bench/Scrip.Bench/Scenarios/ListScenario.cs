using System.Net;
using Scrip.Bench.Certificates;
using Scrip.Bench.Http;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The whole list of a large site: how soon it begins, how fast it goes, and what it costs in memory.</summary>
internal sealed class ListScenario : IScenario
{
    public string Name => "list";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.ListRows;
        using var folder = workbench.CreateFolder();
        Console.Error.WriteLine($"list: loading {rows:N0} certificates");
        await using (var server = workbench.Launch(folder))
        {
            await server.WaitUntilLiveAsync(cancellationToken);
            using var connection = await server.ConnectAsync(cancellationToken);
            await new BulkCalls(server, connection).FillAsync(rows, cancellationToken);
        }

        var lists = new List<Lists>();
        for (var repeat = 1; repeat <= workbench.Scale.Repeats; repeat++)
        {
            Console.Error.WriteLine($"list: {repeat} of {workbench.Scale.Repeats}");
            lists.Add(await ListTwiceAsync(workbench, folder, rows, cancellationToken));
        }
        return
        [
            Measure("first list, time to first byte", "s", list => list.First.FirstByte.TotalSeconds, Yardstick.AtMost(0.5)),
            Measure("first list, growth of memory", "MB", list => list.GrowthBytes / 1e6, Yardstick.AtMost(64)),
            Measure($"first list of {rows:N0}", "rows/s", list => list.First.RowsPerSecond),
            Measure("second list, time to first byte", "s", list => list.Second.FirstByte.TotalSeconds, Yardstick.AtMost(0.5)),
            Measure($"second list of {rows:N0}", "rows/s", list => list.Second.RowsPerSecond),
            Measure("second list", "MB/s", list => list.Second.MegabytesPerSecond),
            Measure("highest memory of the process", "MB", list => list.PeakBytes / 1e6),
        ];

        Measurement Measure(string quantity, string unit, Func<Lists, double> select, Yardstick? against = null) =>
            new(Name, quantity, unit, [.. lists.Select(select)], against);
    }

    // In a process of its own: one that has loaded a million certificates keeps so much memory that a list would not show in it.
    private static async Task<Lists> ListTwiceAsync(Workbench workbench, DataFolder folder, int rows, CancellationToken cancellationToken)
    {
        await using var server = workbench.Launch(folder);
        await server.WaitUntilLiveAsync(cancellationToken);
        using var connection = await server.ConnectAsync(cancellationToken);
        await connection.RequireAsync(server.Requests.Get(RequestFactory.Certificates + "1/"), HttpStatusCode.OK, cancellationToken);
        await connection.SkipBodyAsync(cancellationToken);

        var before = server.Memory.Resident;
        var list = ListAsync();
        var growth = await server.Memory.PeakDuringAsync(list, cancellationToken) - before;
        return new(await list, growth, await ListAsync(), server.Memory.Peak);

        Task<ArrayAnswer> ListAsync() => ArrayAnswer.ReadAsync(
            connection, server.Requests.Get(RequestFactory.Certificates), HttpStatusCode.OK, rows, cancellationToken);
    }

    private sealed record Lists(ArrayAnswer First, long GrowthBytes, ArrayAnswer Second, long PeakBytes);
}
