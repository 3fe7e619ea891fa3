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
        var commands = PageText.BlocksOf(SourceTree.Read("docs/api/certificates.md"))
            .Where(block => block.Language == "console").SelectMany(block => PageText.CommandsOf(block.Text)).ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var shell = command.Text.Replace(DefaultAddress, scrip.Address.ToString(), StringComparison.Ordinal);
            Assert.Equal(command.Output.Trim(), await RunAsync(shell));
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

    [GeneratedRegex("^Date: .*\n", RegexOptions.Multiline)]
    private static partial Regex Dates();

    private sealed class CurlFactAttribute() : RequirementFactAttribute(
        () => File.Exists("/usr/bin/curl") && File.Exists("/bin/bash") ? null : "This machine has no curl, or no bash.");
}
