using System.Diagnostics;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The commands of a page of docs/api, run one after another on a fresh server, print what the page shows below them.</summary>
public sealed partial class ApiPageTests
{
    private const string DefaultAddress = "http://127.0.0.1:5080/";

    [CurlFact]
    public Task The_commands_about_certificates_print_what_the_page_shows() => RunAsync("docs/api/certificates.md");

    [CurlFact]
    public Task The_commands_about_tokens_and_sites_print_what_the_page_shows() => RunAsync("docs/api/tokens-and-sites.md");

    private static async Task RunAsync(string page)
    {
        await using var scrip = await ScripApplication.StartAsync();
        var commands = PageText.BlocksOf(SourceTree.Read(page))
            .Where(block => block.Language == "console").SelectMany(block => PageText.CommandsOf(block.Text)).ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var printed = await PrintAsync(command.Text.Replace(DefaultAddress, scrip.Address.ToString(), StringComparison.Ordinal));
            Assert.True(PageText.Matches(printed, command.Output), $"{command.Text}\nprints: {printed}\npage:   {command.Output}");
        }
    }

    private static async Task<string> PrintAsync(string shell)
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
