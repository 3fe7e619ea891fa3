using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Scrip.Bench.Databases;
using Scrip.Bench.Server;

namespace Scrip.Bench.Results;

/// <summary>What two results must have in common to be compared.</summary>
internal sealed record Machine(string Processor, int Cores, string Memory, string System, IReadOnlyList<string> Versions)
{
    public static async Task<Machine> DescribeAsync(
        Repository repository, Programs programs, IEnumerable<IDatabase> databases, CancellationToken cancellationToken) => new(
        Find("/proc/cpuinfo", "model name") ?? "unknown",
        Environment.ProcessorCount,
        Find("/proc/meminfo", "MemTotal") ?? "unknown",
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
        [
            $"Scrip {await FindCommitAsync(repository, cancellationToken)}",
            $"Npgsql {VersionOf(typeof(Npgsql.NpgsqlConnection).Assembly.Location)}",
            $"EF Core {VersionOf(Path.Combine(Path.GetDirectoryName(programs.EfCore.Executable)!, "Microsoft.EntityFrameworkCore.dll"))}",
            .. databases.Select(database => $"{database.Name} {database.Version}"),
        ]);

    private static string? Find(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim();

    private static string VersionOf(string assembly) => FileVersionInfo.GetVersionInfo(assembly).ProductVersion?.Split('+')[0] ?? "unknown";

    /// <summary>The day is enough if the tree is not a git work tree.</summary>
    private static async Task<string> FindCommitAsync(Repository repository, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await SystemCommand.RunAsync(
                "git", ["-C", repository.Root, "log", "-1", "--format=%h of %cs"], cancellationToken);
            return commit.Trim();
        }
        catch (BenchException)
        {
            return TimeProvider.System.GetUtcNow().ToString("'of' yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
