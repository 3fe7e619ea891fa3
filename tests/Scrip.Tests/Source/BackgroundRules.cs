using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>Rules for work beside the requests. A fault there has no caller: if it is not caught, it ends the server.</summary>
public sealed partial class BackgroundRules
{
    /// <summary>
    /// The base class of all jobs, and threads and tasks that pass every fault to callers who wait: those of the storage adapters, and that
    /// of a command.
    /// </summary>
    private static readonly string[] Allowed =
    [
        "src/Scrip/Importing/ImportRun.cs",
        "src/Scrip.Server/Hosting/BackgroundJob.cs",
        "src/Scrip.Storage/Pipeline/WritePipeline.cs",
        "src/Scrip.Storage/Postgres/PostgresHeartbeat.cs",
        "src/Scrip.Storage/Postgres/PostgresWriter.cs",
        "src/Scrip.Storage/Postgres/ThreadPoolContext.cs",
        "src/Scrip.Storage/Reads/ScanThreads.cs",
        "src/Scrip.Storage/Sqlite/SqliteCheckpoints.cs",
    ];

    [Fact]
    public void Whatever_runs_in_the_background_is_a_BackgroundJob() => Rule.HasNo(
        from file in SourceTree.CSharpIn("src/")
        where !Allowed.Contains(file.Path)
        from line in file.LinesWhere(line => Background().IsMatch(line))
        select line);

    [GeneratedRegex(
        @"\b(BackgroundService|IHostedService|IHostedLifecycleService|PeriodicTimer)\b|\bnew (Thread|Timer)\(|\basync void\b|"
        + @"\bTask\.(Run|Factory)\b|\bQueueUserWorkItem\b")]
    private static partial Regex Background();
}
