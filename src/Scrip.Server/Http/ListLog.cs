using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>What lists tell the operator.</summary>
internal static partial class ListLog
{
    public static void NoteCut(HttpContext context) => LogCut(
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Scrip.Lists"), ProblemResult.TraceIdOf(context));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A list was cut in trace {TraceId}: its client took longer than MaxListSeconds, or it was one of the oldest, which kept "
            + "the write-ahead log beyond MaxLogBytes.")]
    private static partial void LogCut(ILogger logger, string traceId);
}
