using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

/// <summary>
/// A file of commands, each after <c>$ </c>, with what it prints: standard output, then standard error after <c>! </c>, then the exit status
/// after <c>= </c> unless it is 0. What differs from run to run has a name in angle brackets.
/// </summary>
internal sealed partial class CommandSession(string folder, (string Name, string Value)[] environment)
{
    private const string Prompt = "$ ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the commands of a session, and returns the session with what they printed.</summary>
    public async Task<string> RunAsync(string session)
    {
        var actual = new StringBuilder();
        foreach (var line in session.Split('\n').Where(line => line is ['#' or '$', ..]))
        {
            actual.Append(line).Append('\n');
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
                actual.Append(await PrintAsync(line[Prompt.Length..]));
        }
        return actual.ToString();
    }

    private async Task<string> PrintAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"scrip() {{ '{ScripProcess.Executable}' \"$@\"; }}\n{command}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SCRIP_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        // A help is always the same.
        Func<string, string> constant = command.EndsWith("--help", StringComparison.Ordinal) ? text => text : Constant;
        var printed = new StringBuilder(constant(await output));
        foreach (var line in constant(await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            printed.Append($"! {line}\n");
        if (process.ExitCode != 0)
            printed.Append($"= {process.ExitCode}\n");
        return printed.ToString();
    }

    private string Constant(string text)
    {
        text = text.Replace(folder, "<folder>", StringComparison.Ordinal);
        text = Times().Replace(text, "<time>");
        text = Months().Replace(text, "<month>");
        text = Codes().Replace(text, "<code>");
        text = Keys().Replace(text, "<key>");
        return Rates().Replace(text, "<rate>");
    }

    /// <summary>Times of this century; those that a session names are of the next.</summary>
    [GeneratedRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b20[0-9]{2}-[0-9]{2}\b(?!-)")]
    private static partial Regex Months();

    [GeneratedRegex(@"\b([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex Codes();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Keys();

    [GeneratedRegex(@"[0-9,]+ rows/s(, [0-9:]+ left)?")]
    private static partial Regex Rates();
}
