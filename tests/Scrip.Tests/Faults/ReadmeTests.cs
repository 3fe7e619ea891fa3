using System.Diagnostics;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The README's commands in their order, on the executable, answer what the README says.</summary>
[Trait("Database", "SQLite")]
public sealed partial class ReadmeTests : IDisposable
{
    private const string Address = "http://127.0.0.1:5080";

    private readonly TemporaryFolder folder = new();

    /// <summary>As in a clone: callers on this machine need no token.</summary>
    [CurlFact]
    public async Task Every_call_answers_what_stands_below_it()
    {
        await using var server = await ScripProcess.ServeAsync(
            folder.Storage, ("SCRIP_ADMIN_TOKEN", ""), ("ASPNETCORE_ENVIRONMENT", "Development"));

        await CallAllAsync(server, option: "");
    }

    [CurlFact]
    public async Task The_token_that_is_made_in_it_suffices_for_every_call()
    {
        await using var server = await ScripProcess.ServeAsync(folder.Storage);
        var command = TokenCommand().Match(SourceTree.Read("README.md").Text);
        Assert.True(command.Success, "The README makes no token.");
        var arguments = command.Groups["arguments"].Value.Replace(Address, server.Client.BaseAddress!.ToString(), StringComparison.Ordinal);
        var (status, token, errors) = await ScripProcess.RunAsync(arguments.Split(' '), ("SCRIP_ADMIN_TOKEN", ScripProcess.AdminToken));
        Assert.True(status == 0, errors);

        await CallAllAsync(server, $"-H 'API-Token: {token}'");
    }

    public void Dispose() => folder.Dispose();

    private static async Task CallAllAsync(ScripProcess server, string option)
    {
        var calls = Calls().Matches(SourceTree.Read("README.md").Text);
        Assert.True(calls.Count >= 12, $"Only {calls.Count} calls were found in the README.");
        foreach (Match call in calls)
        {
            var command = call.Groups["command"].Value.Replace(Address, server.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal);
            var answer = await RunAsync($"curl -sS {option} {command["curl ".Length..]}");
            var expected = Regex.Escape(call.Groups["answer"].Value.Trim()).Replace("…", "[^\"]+", StringComparison.Ordinal);
            Assert.True(Regex.IsMatch(answer, $"^{expected}$"), $"{command}\nanswers: {answer}\nREADME:  {call.Groups["answer"].Value}");
        }
    }

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync();
    }

    /// <summary>A call, and the JSON in the block below it.</summary>
    [GeneratedRegex(@"```sh\n(?<command>curl [^`]*)```\n+```json\n(?<answer>[^`]*)```")]
    private static partial Regex Calls();

    [GeneratedRegex(@"^scrip (?<arguments>token create --url .*)$", RegexOptions.Multiline)]
    private static partial Regex TokenCommand();

    private sealed class CurlFactAttribute() : RequirementFactAttribute(FindMissing)
    {
        private static string? FindMissing() => File.Exists("/usr/bin/curl") ? null : "curl is not installed.";
    }
}
