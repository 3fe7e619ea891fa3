using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

/// <summary>
/// What the commands print, word for word, against a running server. After a change, set <c>SCRIP_TEST_WRITE_SESSIONS=1</c> to write what
/// they print now, and look at the difference.
/// </summary>
public sealed class SessionTests
{
    private const string Folder = "tests/Scrip.Tests/Cli/Sessions";

    private static readonly string[] Names =
        [.. Directory.GetFiles(SourceTree.PathOf(Folder), "*.session").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Sessions => [.. Names];

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task Commands_print_what_is_written_down(string session)
    {
        using var storage = new TestStorage("MDL", "Europe/Chisinau");
        using var folder = new TemporaryFolder();
        await using var scrip = await ScripProcess.ServeAsync(
            storage.Setting, ("SCRIP_CURRENCY", "MDL"), ("SCRIP_TIME_ZONE", "Europe/Chisinau"));
        var commands = new CommandSession(
            folder.Path, [("SCRIP_URL", scrip.Client.BaseAddress!.ToString()), ("SCRIP_TOKEN", ScripProcess.AdminToken)]);
        var path = SourceTree.PathOf($"{Folder}/{session}");
        var expected = await File.ReadAllTextAsync(path);

        // The line breaks of csv are not those of a text file, which an editor may change.
        var actual = (await commands.RunAsync(expected)).ReplaceLineEndings("\n");

        if (Environment.GetEnvironmentVariable("SCRIP_TEST_WRITE_SESSIONS") == "1")
            await File.WriteAllTextAsync(path, expected = actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Every_command_has_an_example_in_its_help_and_in_a_session()
    {
        var names = await NamesBelowAsync("");
        var sessions = string.Concat(Names.Select(name => File.ReadAllText(SourceTree.PathOf($"{Folder}/{name}"))));
        Assert.True(names.Count > 20, string.Join(", ", names));
        Rule.HasNo(names.Where(name => !sessions.Contains($"$ scrip{name} --help\n", StringComparison.Ordinal)).Select(name => $"scrip{name}: no session"));
        foreach (var name in names)
        {
            var (status, help, _) = await ScripProcess.RunAsync([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.Equal(0, status);
            Assert.Contains($"\n  scrip{name}", help[help.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    /// <summary>Returns the commands that have no commands of their own.</summary>
    private static async Task<List<string>> NamesBelowAsync(string parent)
    {
        var (_, help, _) = await ScripProcess.RunAsync([.. parent.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        var commands = help.IndexOf("\nCommands:\n", StringComparison.Ordinal);
        if (commands < 0)
            return [parent];
        var names = new List<string>();
        foreach (var line in help[commands..].Split('\n').Skip(2).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)))
            names.AddRange(await NamesBelowAsync($"{parent} {line.TrimStart().Split(' ')[0]}"));
        return names;
    }
}
