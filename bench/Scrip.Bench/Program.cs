using System.CommandLine;
using Scrip.Bench;
using Scrip.Bench.Results;
using Scrip.Bench.Scenarios;
using Scrip.Bench.Server;

const string All = "all";
IScenario[] scenarios = [new ListScenario(), new BulkScenario(), new PutScenario(), new StartScenario()];

var scenario = new Argument<string>("scenario") { Description = "One scenario, or all of them." };
scenario.AcceptOnlyFromAmong([All, .. scenarios.Select(known => known.Name)]);
var quick = new Option<bool>("--quick") { Description = "Small sizes: shows that everything works, says little about speed." };
var server = new Option<FileInfo?>("--server") { Description = "The scrip executable to measure; without it, one is published first." };
var json = new Option<FileInfo?>("--json") { Description = "Writes the results to this file too." };

var command = new RootCommand("Measures the published server from outside, over HTTP.") { scenario, quick, server, json };
command.SetAction(async (arguments, cancellationToken) =>
{
    var repository = Repository.Find();
    var executable = arguments.GetValue(server)?.FullName ?? await repository.PublishServerAsync(cancellationToken);
    using var workbench = new Workbench(executable, repository.DataPath, arguments.GetValue(quick) ? Scale.Quick : Scale.Full);

    var run = new BenchRun(workbench);
    foreach (var wanted in scenarios.Where(known => arguments.GetValue(scenario) is var name && (name == All || name == known.Name)))
        await run.AddAsync(wanted, cancellationToken);

    if (run.Measurements.Count > 0)
        Console.Write(ResultTable.Format(run.Measurements));
    if (arguments.GetValue(json) is { } file)
        ResultFile.Write(file, arguments.GetValue(quick), run.Measurements);
    return run.HasFailed ? 1 : 0;
});
// Long enough to end the server and to remove its store after Ctrl+C.
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
