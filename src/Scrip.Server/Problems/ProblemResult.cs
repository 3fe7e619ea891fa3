using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Client;

namespace Scrip.Server.Problems;

/// <summary>An error response as <c>application/problem+json</c> (RFC 9457).</summary>
internal sealed class ProblemResult(
    ProblemType type, string? detail, IReadOnlyList<ProblemError>? errors = null, string? traceId = null) : IResult
{
    public const string ContentType = "application/problem+json";

    public ProblemType Type { get; } = type;

    /// <summary>The available amount, in a refusal for insufficient balance.</summary>
    public string? Available { get; init; }

    /// <summary>The redemption that has the reference, in a refusal for a reference in use.</summary>
    public long? RedemptionId { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A 401 is identical for every reason.
        var trace = Type == ProblemType.Unauthorized ? null : traceId ?? TraceIdOf(httpContext);
        var problem = new Problem(Type.Uri, Type.Title, Type.Status, detail, errors, Available, RedemptionId, trace);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ScripJson.Wire.Problem);

        var response = httpContext.Response;
        response.StatusCode = Type.Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
