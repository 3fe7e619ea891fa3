using System.Diagnostics;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The README's commands, run on the executable in their order, print what the README shows.</summary>
[Trait("Database", "SQLite")]
public sealed partial class ReadmeTests : IDisposable
{
    private const string Address = "http://127.0.0.1:5080";
    private const string Program = "dotnet run --project src/Scrip";

    /// <summary>What builds or tests the product: <c>test.sh</c> does it before it runs this.</summary>
    private static readonly string[] Building = ["dotnet publish src/Scrip -c Release -r linux-x64 -o artifacts/scrip"];

    private static readonly IReadOnlyList<PageBlock> Blocks = PageText.BlocksOf(SourceTree.Read("README.md"));

    private readonly TemporaryFolder folder = new();

    /// <summary>As in a clone: callers on this machine need no token.</summary>
    [CurlFact]
    public async Task Every_command_prints_what_the_README_shows_below_it()
    {
        await using var server = await ScripProcess.ServeAsync(
            folder.Storage, ("SCRIP_ADMIN_TOKEN", ""), ("ASPNETCORE_ENVIRONMENT", "Development"));

        await CallAllAsync(server, option: "");
    }

    [CurlFact]
    public async Task The_token_that_the_README_makes_suffices_for_every_call()
    {
        await using var server = await ScripProcess.ServeAsync(folder.Storage);
        var command = TokenCommand().Match(SourceTree.Read("README.md").Text);
        Assert.True(command.Success, "The README makes no token.");
        var arguments = command.Groups["arguments"].Value.Replace(Address, server.Client.BaseAddress!.ToString(), StringComparison.Ordinal);
        var (status, token, errors) = await ScripProcess.RunAsync(arguments.Split(' '), ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken));
        Assert.True(status == 0, errors);

        await CallAllAsync(server, $"-H 'API-Token: {token}'");
    }

    [Fact]
    public void No_command_is_left_out()
    {
        var known = Blocks.Where(block => block.Language == "sh").Select(block => block.Text.Trim()).Where(command =>
            !command.StartsWith("curl ", StringComparison.Ordinal) && !command.StartsWith(Program, StringComparison.Ordinal)
            && !Building.Contains(command) && !TokenCommand().IsMatch(command));

        Rule.HasNo(known);
    }

    public void Dispose() => folder.Dispose();

    private async Task CallAllAsync(ScripProcess server, string option)
    {
        var calls = Blocks.Zip(Blocks.Skip(1)).Where(pair => pair.First.Language == "sh" && pair.Second.Language != "sh").ToList();
        Assert.True(calls.Count >= 14, $"Only {calls.Count} commands were found in the README.");
        foreach (var (command, shown) in calls)
        {
            var printed = await PrintAsync(command.Text.Trim(), server, option);
            Assert.True(PageText.Matches(printed, shown.Text), $"{command.Text}\nprints: {printed}\nREADME: {shown.Text}");
        }
    }

    private async Task<string> PrintAsync(string command, ScripProcess server, string option)
    {
        if (command == Program)
            return option.Length == 0 ? string.Join('\n', server.Output).Replace(OwnAddress(server), Address, StringComparison.Ordinal) : ShownAtStart();
        if (command.StartsWith(Program, StringComparison.Ordinal))
        {
            var (status, output, errors) = await ScripProcess.RunAsync([.. command[(Program + " -- ").Length..].Split(' '), "--storage", folder.Storage]);
            Assert.True(status == 0, errors);
            return output;
        }
        return await RunAsync($"curl -sS {option} {command["curl ".Length..].Replace(Address, OwnAddress(server), StringComparison.Ordinal)}");
    }

    /// <summary>The start with a token is not the one in the README.</summary>
    private static string ShownAtStart() => Blocks.First(block => block.Language.Length == 0).Text;

    private static string OwnAddress(ScripProcess server) => server.Client.BaseAddress!.ToString().TrimEnd('/');

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync();
    }

    [GeneratedRegex(@"^scrip (?<arguments>token create --url .*)$", RegexOptions.Multiline)]
    private static partial Regex TokenCommand();

    private sealed class CurlFactAttribute() : RequirementFactAttribute(FindMissing)
    {
        private static string? FindMissing() => File.Exists("/usr/bin/curl") ? null : "curl is not installed.";
    }
}
