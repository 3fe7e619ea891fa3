using System.Diagnostics;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The commands in docs/api/certificates.md, run in order on a fresh server, print the output shown below them.</summary>
public sealed partial class CertificatePageTests
{
    private const string DefaultAddress = "http://127.0.0.1:5080/";

    [CurlFact]
    public async Task The_commands_print_what_the_page_says()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var page = (await File.ReadAllTextAsync(SourceTree.PathOf("docs/api/certificates.md"))).ReplaceLineEndings("\n");
        var commands = Blocks().Matches(page).SelectMany(block => Commands().Matches(block.Groups["text"].Value)).ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var shell = command.Groups["command"].Value.Replace(DefaultAddress, scrip.Address.ToString(), StringComparison.Ordinal);
            Assert.Equal(command.Groups["output"].Value.Trim(), await RunAsync(shell));
        }
    }

    private static async Task<string> RunAsync(string shell)
    {
        var start = new ProcessStartInfo("bash", ["-c", shell.Replace("curl ", "curl --silent --noproxy '*' ", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TOKEN"] = ScripApplication.AdminToken;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Dates().Replace(output.ReplaceLineEndings("\n"), "").Trim();
    }

    [GeneratedRegex("^```console\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    /// <summary>A command continues if its line ends with a backslash, and its output goes to the next command.</summary>
    [GeneratedRegex(@"^\$ (?<command>(?:[^\n]*\\\n)*[^\n]*)\n(?<output>.*?)(?=^\$ |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Commands();

    [GeneratedRegex("^Date: .*\n", RegexOptions.Multiline)]
    private static partial Regex Dates();

    private sealed class CurlFactAttribute() : RequirementFactAttribute(
        () => File.Exists("/usr/bin/curl") && File.Exists("/bin/bash") ? null : "This machine has no curl, or no bash.");
}
