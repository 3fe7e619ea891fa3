using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Scrip.Server.Auth;
using Scrip.Server.Logging;
using Scrip.Server.Problems;

namespace Scrip.Server;

/// <summary>
/// Logs a line for each request at Information: the pattern of the path instead of the path, and nothing else that the caller has written.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> logger, TimeProvider time)
{
    private static readonly string[] KnownMethods =
    [
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options,
    ];

    public Task InvokeAsync(HttpContext context) => logger.IsEnabled(LogLevel.Information) ? LogAsync(context) : next(context);

    private async Task LogAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var (method, pattern, caller) = (MethodOf(context.Request), PatternOf(context), CallerOf(context));
            var milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds;
            var traceId = ProblemResult.TraceIdOf(context);
            LogMessages.RequestEnded(logger, method, pattern, context.Response.StatusCode, milliseconds, caller, traceId);
        }
    }

    /// <summary>Replaces unknown methods: a method may be any word, even a secret.</summary>
    private static string MethodOf(HttpRequest request) =>
        Array.Find(KnownMethods, known => HttpMethods.Equals(known, request.Method)) ?? "(other method)";

    private static string PatternOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such path)";

    private static string CallerOf(HttpContext context) => context.Features.Get<Caller>() is { } caller
        ? $"{caller.Site.Name}/{ActorNames.Of(caller.Actor)}"
        : "nobody";
}
