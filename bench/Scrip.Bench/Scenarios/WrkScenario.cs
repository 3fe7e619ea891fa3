using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Bench.Databases;
using Scrip.Bench.Http;
using Scrip.Bench.Load;
using Scrip.Bench.Results;
using Scrip.Bench.Server;

namespace Scrip.Bench.Scenarios;

/// <summary>
/// Whether this program's callers cost more than those of wrk, a load generator in C: both get the same certificate. Skipped if wrk is not
/// installed.
/// </summary>
internal sealed partial class WrkScenario : IScenario
{
    private const string Program = "wrk";

    public string Name => "get-wrk";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        if (!IsInstalled())
        {
            Console.Error.WriteLine("  skipped: wrk is not installed (Debian: wrk)");
            return [];
        }
        var scale = workbench.Scale;
        await using var ours = await Contender.StartAsync(workbench, workbench.Programs.Scrip, certificates: 1, cancellationToken);
        var requests = new GetRequests(ours.Server.Requests, certificates: 1);
        ClosedLoop.Run(ours.Server, scale.Clients, requests, scale.WarmUp, cancellationToken);
        var byWrk = new List<double>();
        var byUs = new List<double>();
        for (var turn = 1; turn <= scale.Repeats; turn++)
        {
            byUs.Add(ClosedLoop.Run(ours.Server, scale.Clients, requests, scale.Turn, cancellationToken).RequestsPerSecond);
            byWrk.Add(await RunWrkAsync(ours.Server, scale, cancellationToken));
        }
        return [new(Name, workbench.Database.Name, "same certificate", "/s", byUs) { Limit = new("through wrk", byWrk) }];
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    private static async Task<double> RunWrkAsync(ServerProcess server, Scale scale, CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1, (int)Math.Round(scale.Turn.TotalSeconds));
        string[] arguments =
        [
            "--threads", "1", "--connections", $"{scale.Clients}", "--duration", $"{seconds}s",
            "--header", $"API-Token: {server.Requests.Token}", $"http://127.0.0.1:{server.Port}{RequestFactory.Certificates}1/",
        ];
        var output = await SystemCommand.RunAsync(Program, arguments, cancellationToken);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || RequestsPerSecond().Match(output) is not { Success: true } found)
            throw new BenchException($"wrk got other answers than 200.\n{output}");
        return double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^Requests/sec:\s+([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex RequestsPerSecond();
}
