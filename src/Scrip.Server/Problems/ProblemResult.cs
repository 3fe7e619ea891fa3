using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Client;

namespace Scrip.Server.Problems;

/// <summary>An error on its way to the caller, as <c>application/problem+json</c> (RFC 9457).</summary>
internal sealed class ProblemResult(
    ProblemType type, string? detail, IReadOnlyList<ProblemError>? errors = null, string? traceId = null) : IResult
{
    public const string ContentType = "application/problem+json";

    public ProblemType Type { get; } = type;

    /// <summary>Of a refusal for want of money: how much there is.</summary>
    public string? Available { get; init; }

    /// <summary>Of a refusal for a reference that is in use: the redemption that has it.</summary>
    public long? RedemptionId { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A 401 says nothing that differs from one reason to another.
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
