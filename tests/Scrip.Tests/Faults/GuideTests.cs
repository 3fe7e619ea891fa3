using System.Diagnostics;
using System.Globalization;
using Scrip.Server.Problems;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// The commands of each guide, run in one shell on the executable and a fresh database, print what the guide shows. A block with a file's name
/// is stored under that name in the shell's folder first.
/// </summary>
[Trait("Database", "SQLite")]
public sealed class GuideTests : IDisposable
{
    private const string Address = "http://127.0.0.1:5080";
    private const string ProxyPort = "8443";
    private const string DataFile = "/var/lib/scrip/scrip.db";

    /// <summary>Ends the output of a command: a record separator, which no program prints.</summary>
    private const char End = '\u001e';

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Guides { get; } =
        [.. Directory.GetFiles(SourceTree.PathOf("docs/guides"), "*.md").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [ShellTheory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_prints_what_the_guide_shows_below_it(string guide)
    {
        var blocks = PageText.BlocksOf(SourceTree.Read($"docs/guides/{guide}"));
        Rule.HasNo(blocks.Where(block => block.Language != "console" && block.File.Length == 0).Select(block => $"Nothing runs:\n{block.Text}"));
        var commands = blocks.Where(block => block.Language == "console").SelectMany(block => PageText.CommandsOf(block.Text)).ToList();
        Assert.NotEmpty(commands);
        await using var server = await ScripProcess.ServeAsync(folder.Storage, ("SCRIP_TRUSTED_PROXIES", "127.0.0.1"));
        var run = new Dictionary<string, string>
        {
            [Address] = server.Client.BaseAddress!.ToString().TrimEnd('/'),
            [ProxyPort] = PostgresUser.FreePort().ToString(CultureInfo.InvariantCulture),
            [DataFile] = Path.Combine(folder.Path, "scrip.db"),
        };
        foreach (var block in blocks.Where(block => block.File.Length > 0))
            await File.WriteAllTextAsync(Path.Combine(folder.Path, block.File), Replace(block.Text, run));

        var printed = await RunAsync(commands.Select(command => Replace(command.Text, run)));

        Assert.Equal(commands.Count, printed.Length);
        var asShown = run.ToDictionary(pair => pair.Value, pair => pair.Key);
        Rule.HasNo(commands.Zip(printed, (command, output) => (command, output: Replace(output, asShown)))
            .Where(pair => !PageText.Matches(pair.output, pair.command.Output))
            .Select(pair => $"{pair.command.Text}\nprints: {pair.output.Trim()}\nguide:  {pair.command.Output.Trim()}\n"));
    }

    /// <summary>One table tells a checkout's programmer about every problem.</summary>
    [Fact]
    public void The_guide_to_paying_says_what_to_do_about_every_problem()
    {
        var rows = SourceTree.Read("docs/guides/pay-an-order.md").Lines.Where(line => line.StartsWith('|')).ToList();

        Assert.Empty(ProblemType.All.Where(type => !rows.Any(row =>
            row.Contains($"`{type.Name}`", StringComparison.Ordinal)
            && row.Contains(type.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))).Select(type => type.Name));
    }

    public void Dispose()
    {
        EndProxy();
        folder.Dispose();
    }

    /// <summary>What each command prints, on standard output and standard error.</summary>
    private async Task<string[]> RunAsync(IEnumerable<string> commands)
    {
        var programs = Directory.CreateDirectory(Path.Combine(folder.Path, "programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "scrip"), ScripProcess.Executable);
        const string preparation = "exec 2>&1\ncurl() { command curl --silent --show-error --noproxy '*' \"$@\"; }\n";
        var start = new ProcessStartInfo("bash", ["-c", preparation + string.Concat(commands.Select(command => $"{command}\nprintf '\\036'\n"))])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder.Path,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SCRIP_", StringComparison.Ordinal)
            || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["SCRIP_ADMIN_TOKEN"] = ScripProcess.AdminToken;
        start.Environment["PATH"] = $"{programs}:{start.Environment["PATH"]}";
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.ReplaceLineEndings("\n").Split(End)[..^1];
    }

    private static string Replace(string text, Dictionary<string, string> replacements) =>
        replacements.Aggregate(text, (changed, pair) => changed.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    /// <summary>A guide ends the nginx that it starts, unless one of its commands failed before.</summary>
    private void EndProxy()
    {
        var file = Path.Combine(folder.Path, "nginx.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id))
            return;
        using var kill = Process.Start("kill", ["-TERM", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ShellTheoryAttribute : TheoryAttribute
    {
        private static readonly string[] Programs =
            ["/usr/bin/bash", "/usr/bin/curl", "/usr/bin/jq", "/usr/bin/openssl", "/usr/bin/python3", "/usr/sbin/nginx"];

        public ShellTheoryAttribute()
        {
            if (Environment.GetEnvironmentVariable("CI") != "true" && Programs.FirstOrDefault(program => !File.Exists(program)) is { } missing)
                Skip = $"{missing} is not installed.";
        }
    }
}
