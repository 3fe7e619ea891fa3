using System.Net;
using Scrip.Bench.Http;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>The largest generation of codes, beside a bulk-create of as many.</summary>
internal sealed class GenerateScenario : IScenario
{
    private const string Json = "application/json";
    private const int FirstRows = 1_000;
    private const double PartOfBulkCreate = 0.7;

    public string Name => "generate";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var rows = workbench.Scale.BulkRows;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, FirstRows, cancellationToken);
        var created = FirstRows;
        var creates = new List<double>();
        var generates = new List<double>();
        for (var turn = 0; turn <= workbench.Scale.Repeats; turn++)
        {
            // The first turn warms up.
            Console.Error.WriteLine($"  turn {turn} of {workbench.Scale.Repeats}");
            var create = await ours.Bulk.CreateAsync(created + 1, rows, cancellationToken);
            await ours.SettleAsync(cancellationToken);
            var generate = await GenerateAsync(turn);
            created += 2 * rows;
            if (turn == 0)
                continue;
            creates.Add(create.RowsPerSecond);
            generates.Add(generate.RowsPerSecond);
        }
        return
        [
            new(Name, workbench.Database.Name, $"{rows:N0} in one call", "rows/s", generates)
            {
                Limit = new("bulk-create", creates, PartOfBulkCreate),
            },
        ];

        async Task<ArrayAnswer> GenerateAsync(int turn)
        {
            var body = RequestFactory.Utf8($$"""{"count":{{rows}},"value":500}""");
            var request = ours.Server.Requests.PostOnce(RequestFactory.Certificates + "generate/", Json, $"generate {turn}", body);
            using var connection = await ours.Server.ConnectAsync(cancellationToken);
            var answer = await ArrayAnswer.ReadAsync(connection, request, HttpStatusCode.Created, rows, cancellationToken);
            await ours.SettleAsync(cancellationToken);
            return answer;
        }
    }
}
