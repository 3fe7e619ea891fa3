using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Problems;

/// <summary>The outermost layer: every failure inside, including the framework's own refusals, becomes a problem.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private const string RetrySoonSeconds = "1";
    private const int ClientClosedRequest = 499;
    private const string NotUnderstood = "This version of Scrip does not understand what is stored; a newer one may have written it.";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception gone) when (IsOfClientThatHasGone(context, gone))
        {
            // The client has gone, so there is no response to send.
            var traceId = ProblemResult.TraceIdOf(context);
            LogMessages.ClientGone(logger, traceId);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;
            // Otherwise Kestrel would try to read the rest of the body and log its failure.
            context.Abort();
            return;
        }
#pragma warning disable CA1031 // The last one in the chain: every fault becomes an answer, or a broken connection.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await AnswerFaultAsync(context, fault);
            return;
        }
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            await new ProblemResult(ProblemType.For(context.Response.StatusCode), DetailOf(context.Response)).ExecuteAsync(context);
    }

    /// <summary>A disconnected client is not an error: it may have lost its network, or its user closed the page.</summary>
    private static bool IsOfClientThatHasGone(HttpContext context, Exception fault) =>
        fault is ClientGoneException or ConnectionResetException or ConnectionAbortedException
        || (fault is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    /// <summary>The detail of a refusal by routing.</summary>
    private static string? DetailOf(HttpResponse response) => response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "Nothing is served at this address; /docs lists what is.",
        StatusCodes.Status405MethodNotAllowed => $"Allowed methods: {response.Headers.Allow}.",
        _ => null,
    };

    private async Task AnswerFaultAsync(HttpContext context, Exception fault)
    {
        var problem = ProblemOf(context, fault);
        if (context.Response.HasStarted)
        {
            // A list that fails midway must not look like a shorter list.
            context.Abort();
            return;
        }
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        if (problem.Type == ProblemType.DiskFull || fault is StorageException { Fault: StorageFault.NotUnderstood })
            context.Response.Headers.RetryAfter = ProblemFor.RetryLaterSeconds;
        else if (problem.Type == ProblemType.Unavailable)
            context.Response.Headers.RetryAfter = RetrySoonSeconds;
        // The rest of the body is not read (RFC 9110, 15.5.9). HTTP/2 does not have this header: there the stream ends, not the connection.
        if (problem.Type == ProblemType.RequestTimeout && !HttpProtocol.IsHttp2(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        await problem.ExecuteAsync(context);
    }

    private ProblemResult ProblemOf(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case StorageException storage:
                LogMessages.StoreFailed(logger, storage.Fault, ProblemResult.TraceIdOf(context), storage);
                var type = storage.Fault == StorageFault.DiskFull ? ProblemType.DiskFull : ProblemType.Unavailable;
                return new ProblemResult(type, context.Request.IsRead() ? DetailOfRead(storage.Fault) : DetailOfWrite(storage.Fault));
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return new ProblemResult(ProblemType.RequestTimeout, ProblemFor.BodyTooSlow);
            case BodyTimeoutException late:
                return new ProblemResult(ProblemType.RequestTimeout, late.Message);
            case BadHttpRequestException bad:
                return new ProblemResult(ProblemType.For(bad.StatusCode), "The request is not valid HTTP: " + bad.Message);
            default:
                LogMessages.RequestFailed(logger, ProblemResult.TraceIdOf(context), fault);
                return new ProblemResult(
                    ProblemType.InternalError,
                    context.Request.IsRead() ? "This is a defect." : "This is a defect. Whether anything was stored is unknown.");
        }
    }

    /// <summary>The detail of a failed read, which has nothing to store and does not say that nothing was stored.</summary>
    private static string DetailOfRead(StorageFault fault) => fault switch
    {
        StorageFault.Busy => "Too many requests are waiting. Try again.",
        StorageFault.Unavailable or StorageFault.Interrupted or StorageFault.OutcomeUnknown =>
            "The database cannot be used at the moment. Try again.",
        StorageFault.DiskFull => "Try again later.",
        StorageFault.NotUnderstood => NotUnderstood,
    };

    private static string DetailOfWrite(StorageFault fault) => fault switch
    {
        StorageFault.Busy => "Too many requests are waiting. Nothing was stored; try again.",
        StorageFault.Unavailable or StorageFault.Interrupted => "The database cannot be used at the moment. Nothing was stored; try again.",
        StorageFault.DiskFull => "Nothing was stored.",
        StorageFault.NotUnderstood => NotUnderstood + " Nothing was stored.",
        StorageFault.OutcomeUnknown =>
            "Whether the write was stored is unknown. "
            + "A retry with the same Idempotency-Key finds out safely; without a key, look first.",
    };
}
