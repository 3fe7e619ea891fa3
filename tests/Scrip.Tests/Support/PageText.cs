using System.Text.RegularExpressions;

namespace Scrip.Tests.Support;

/// <summary>The texts of a page of documentation that its reader runs, and what the page says they print.</summary>
internal static partial class PageText
{
    /// <summary>
    /// Whether a program printed what a page shows. <c>…</c> stands for what differs each time: a date, a token; in a line of its own it stands
    /// for any lines.
    /// </summary>
    public static bool Matches(string printed, string shown)
    {
        var pattern = Regex.Escape(shown.Trim())
            .Replace("\\n…", "(\n.*)?", StringComparison.Ordinal)
            .Replace("…", "[^\"\n]+", StringComparison.Ordinal);
        return Regex.IsMatch(printed.Trim(), $"^{pattern}$", RegexOptions.Singleline);
    }

    public static IReadOnlyList<PageBlock> BlocksOf(SourceFile page) =>
        [.. Blocks().Matches(page.Text.ReplaceLineEndings("\n")).Select(block => new PageBlock(
            block.Groups["language"].Value, block.Groups["file"].Value, block.Groups["text"].Value))];

    /// <summary>A command goes on where its line ends with a backslash; below it is what it prints.</summary>
    public static IEnumerable<PageCommand> CommandsOf(string console) =>
        Commands().Matches(console).Select(command => new PageCommand(command.Groups["command"].Value, command.Groups["output"].Value));

    [GeneratedRegex(@"^```(?<language>\w*) ?(?<file>\S*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\$ (?<command>(?:[^\n]*\\\n)*[^\n]*)\n(?<output>.*?)(?=^\$ |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Commands();
}

/// <param name="File">The name under which the reader stores the text; empty for most blocks.</param>
internal sealed record PageBlock(string Language, string File, string Text);

internal sealed record PageCommand(string Text, string Output);
