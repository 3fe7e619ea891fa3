using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The number of each warning and error of the log is on the page that helps.</summary>
public sealed partial class TroubleshootingPageTests
{
    private static readonly string Page = SourceTree.Read("docs/troubleshooting.md").Text;

    private static IReadOnlyList<LoggerMessageAttribute> Messages { get; } =
        [.. typeof(LogMessages).GetMethods().Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void The_page_mentions_every_warning_and_every_error_of_the_log() => Assert.Empty(
        Messages.Where(message => message.Level >= LogLevel.Warning).Select(message => Text(message.EventId)).Except(Mentioned()));

    [Fact]
    public void The_page_mentions_no_message_that_the_log_does_not_have() =>
        Assert.Empty(Mentioned().Except(Messages.Select(message => Text(message.EventId))));

    /// <summary>What a response or a line says, in the first column of a table, with … for what differs.</summary>
    [Fact]
    public void What_the_page_quotes_is_what_the_program_says() => Rule.HasNo(
        from Match row in Rows().Matches(Page)
        from Match quoted in Quoted().Matches(row.Groups["first"].Value)
        from part in quoted.Groups["text"].Value.Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where !SourceTree.CSharpIn("src/").Any(file => file.Text.Contains(part, StringComparison.Ordinal))
        select part);

    [Fact]
    public void The_page_quotes_something() => Assert.True(Rows().Matches(Page).Sum(row => Quoted().Count(row.Groups["first"].Value)) > 10);

    private static IEnumerable<string> Mentioned() => Numbers().Matches(Page).Select(number => number.Value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|(?<first>[^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();

    /// <summary>Four digits on their own: no part of a port, an address or a larger number.</summary>
    [GeneratedRegex(@"(?<![\d:.=])[1-9]\d{3}(?![\d.]\d|\d)")]
    private static partial Regex Numbers();
}
