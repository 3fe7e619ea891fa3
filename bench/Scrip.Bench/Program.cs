using System.CommandLine;
using Scrip.Bench;
using Scrip.Bench.Databases;
using Scrip.Bench.Micro;
using Scrip.Bench.Results;
using Scrip.Bench.Scenarios;
using Scrip.Bench.Server;

const string All = "all";

var scenario = new Argument<string>("scenario") { Description = "One scenario, or all of them." };
scenario.AcceptOnlyFromAmong([All, .. AllScenarios.List.Select(known => known.Name), MicroBenchmarks.Name]);
var database = new Option<string>("--database") { Description = "What the servers store in.", DefaultValueFactory = _ => DatabaseChoice.Both };
database.AcceptOnlyFromAmong(DatabaseChoice.Sqlite, DatabaseChoice.Postgres, DatabaseChoice.Both);
var quick = new Option<bool>("--quick") { Description = "Small sizes: shows that everything works, says little about speed." };
var server = new Option<FileInfo?>("--server") { Description = "The scrip executable to measure; without it, one is published first." };
var json = new Option<FileInfo?>("--json") { Description = "Writes the results to this file too." };

var command = new RootCommand("Measures the published server from outside, over HTTP, beside its limits and its alternative.")
{
    scenario, database, quick, server, json,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var name = arguments.GetRequiredValue(scenario);
    var isQuick = arguments.GetValue(quick);
    var repository = Repository.Find();
    var programs = await Programs.PublishAsync(repository, arguments.GetValue(server)?.FullName, cancellationToken);
    using var folders = new DataFolders(repository.ArtifactsPath);
    await using var databases = await DatabaseChoice.OpenAsync(arguments.GetRequiredValue(database), cancellationToken);

    var run = new BenchRun();
    foreach (var chosen in databases.All)
    {
        var workbench = new Workbench(programs, chosen, folders, isQuick ? Scale.Quick : Scale.Full);
        foreach (var wanted in AllScenarios.List.Where(known => name == All || name == known.Name))
            await run.AddAsync(wanted, workbench, cancellationToken);
    }
    if (name is All or MicroBenchmarks.Name)
        run.Add(MicroBenchmarks.Run(repository.ArtifactsPath, isQuick));

    var machine = await Machine.DescribeAsync(repository, programs, databases.All, cancellationToken);
    if (run.Measurements.Count > 0)
        Console.Write(ResultTable.Format(run.Measurements));
    if (arguments.GetValue(json) is { } file)
        ResultFile.Write(file, machine, isQuick, run.Measurements);
    // A part of the results would replace all of them, and a quick run says nothing about the processor.
    if (name == All && !isQuick)
        await ResultPage.WriteAsync(repository.ResultsPath, machine, run.Measurements);
    return run.HasFailed ? 1 : 0;
});
// Long enough to stop the servers and remove their stores after Ctrl+C.
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
