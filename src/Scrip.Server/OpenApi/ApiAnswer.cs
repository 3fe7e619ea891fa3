using System.Text.Json;
using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.Problems;

namespace Scrip.Server.OpenApi;

/// <summary>One of the answers a call can give.</summary>
/// <param name="Description">When it is given, and what it means.</param>
internal sealed record ApiAnswer(int Status, string Description)
{
    /// <summary>Of the example in the specification of W3C Trace Context.</summary>
    private const string ExampleTraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public string ContentType { get; init; } = "application/json";

    /// <summary>Null for an answer without a body.</summary>
    public IOpenApiSchema? Schema { get; init; }

    /// <summary>JSON.</summary>
    public string? Example { get; init; }

    /// <summary>Names from <see cref="ApiHeaders"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The name under which several calls share it; null for an answer of one call.</summary>
    public string? SharedAs { get; init; }

    public static ApiAnswer Success(int status, string description, IOpenApiSchema schema, string example, params string[] headers) =>
        new(status, description) { Schema = schema, Example = example, Headers = headers };

    /// <param name="detail">And <paramref name="errors"/>: what the example has.</param>
    public static ApiAnswer Refusal(ProblemType type, string description, string? detail, params ProblemError[] errors) =>
        Refusal(type, description, detail, available: null, errors);

    /// <param name="available">The member <c>available</c> of the example; null where the problem has none.</param>
    public static ApiAnswer Refusal(
        ProblemType type, string description, string? detail, string? available, params ProblemError[] errors)
    {
        // A 401 is one and the same whatever was wrong, so it names no trace.
        var traceId = type == ProblemType.Unauthorized ? null : ExampleTraceId;
        var example = new Problem(
            type.Uri, type.Title, type.Status, detail, errors.Length == 0 ? null : errors, available, TraceId: traceId);
        return new(type.Status, description)
        {
            ContentType = ProblemResult.ContentType,
            Schema = Schemas.Named(nameof(Problem)),
            Example = JsonSerializer.Serialize(example, ScripJson.Wire.Problem),
            Headers = [ApiHeaders.NoStore],
        };
    }

    public ApiAnswer With(params string[] headers) => this with { Headers = [.. Headers, .. headers] };
}
