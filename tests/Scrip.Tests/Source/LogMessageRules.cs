using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>All log messages are in one catalogue and on one page.</summary>
public sealed partial class LogMessageRules
{
    private const string Catalogue = "src/Scrip.Server/Logging/LogMessages.cs";

    private static IReadOnlyList<LoggerMessageAttribute> Messages { get; } =
        [.. typeof(LogMessages).GetMethods().Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_message_is_in_the_catalogue() => Rule.HasNo(
        from file in SourceTree.CSharpIn("src/")
        where file.Path != Catalogue
        from line in file.LinesWhere(line => Writing().IsMatch(line))
        select line);

    [Fact]
    public void Every_message_has_a_number_of_its_own()
    {
        Assert.DoesNotContain(Messages, message => message.EventId < 1000);
        Assert.Equal(Messages.Count, Messages.DistinctBy(message => message.EventId).Count());
    }

    [Fact]
    public void The_page_about_the_log_has_every_message_in_the_order_of_its_number()
    {
        var rows = Row().Matches(SourceTree.Read("docs/operating/log.md").Text)
            .Select(row => $"{row.Groups["number"].Value} {row.Groups["level"].Value} {row.Groups["message"].Value}");
        Assert.Equal(
            Messages.OrderBy(message => message.EventId).Select(message => $"{message.EventId} {NameOf(message.Level)} {message.Message}"),
            rows);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    [GeneratedRegex(@"\[LoggerMessage\b|\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(|\bLoggerMessage\.Define\b")]
    private static partial Regex Writing();

    [GeneratedRegex(@"^\| (?<number>[0-9]+) \| (?<level>\w+) \| `(?<message>[^`]+)` \| \S", RegexOptions.Multiline)]
    private static partial Regex Row();
}
