using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Scrip.Server.Logging;

/// <summary>
/// Writes each message as one line. Scrip's own messages are written as they are: their catalogue takes no code, token, body or query
/// value. The values of all other messages may contain a request, so only their templates are written, and only from Warning up. Scopes,
/// which contain the path of the request, are never written (docs/decisions/0032-what-the-log-may-say.md).
/// </summary>
internal sealed class SecretFreeFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "scrip";

    private const string Own = "Scrip.";
    private const string TemplateName = "{OriginalFormat}";

    /// <summary>Values of other messages that the server itself generates.</summary>
    private static readonly string[] Harmless = ["ConnectionId", "TraceIdentifier"];

    /// <summary>
    /// An event that Kestrel reports as critical although only a client misbehaves, by resetting streams faster than they can be ended. Its
    /// connection is closed, and each of its streams would write a line.
    /// </summary>
    private static readonly (string Category, int EventId) RapidReset = ("Microsoft.AspNetCore.Server.Kestrel.Http2", 60);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var isOwn = logEntry.Category.StartsWith(Own, StringComparison.Ordinal);
        if (!isOwn && (logEntry.LogLevel < LogLevel.Warning || (logEntry.Category, logEntry.EventId.Id) == RapidReset))
            return;
        var message = isOwn ? logEntry.Formatter(logEntry.State, logEntry.Exception) : TemplateOf(logEntry.State);
        var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{at} {NameOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}");
        if (logEntry.Exception is { } fault)
            line += " " + ExceptionText.Of(fault);
        textWriter.WriteLine(line.ReplaceLineEndings(" "));
    }

    private static string TemplateOf<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            return "";
        var template = values.FirstOrDefault(value => value.Key == TemplateName).Value as string ?? "";
        foreach (var (name, value) in values.Where(value => Harmless.Contains(value.Key)))
            template = template.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return template;
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical or LogLevel.None => "crit",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
