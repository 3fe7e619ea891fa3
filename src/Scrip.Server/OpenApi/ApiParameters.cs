using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>The parameters of calls, and those that several calls share.</summary>
internal static class ApiParameters
{
    public static OpenApiParameter IdempotencyKey { get; } = Header(
        "Idempotency-Key",
        "The caller's name for this write, bare or in double quotes. The same request with the same key is carried out once and answered the same "
        + "again; another request with it gets 422. Kept for each token.",
        // Quotes and escapes may double what is sent.
        Schemas.Text(minLength: 1, maxLength: (2 * Ledger.IdempotencyKey.MaxLength) + 2, pattern: "^[ -~]+$"));

    public static OpenApiParameter Site { get; } = Query(
        "site", "The name of a site that the token administers; the token's own when left out.", Schemas.Text(minLength: 1));

    public static OpenApiParameter Path(string name, string description, IOpenApiSchema schema, long example) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = description,
            Schema = schema,
            Example = JsonValue.Create(example),
        };

    public static OpenApiParameter Query(string name, string description, IOpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    /// <summary>Values separated by commas.</summary>
    public static OpenApiParameter QueryList(string name, string description, IOpenApiSchema items) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Style = ParameterStyle.Form,
        Explode = false,
        Schema = Schemas.ArrayOf(items, minItems: 1),
    };

    public static OpenApiParameter Header(string name, string description, IOpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema };
}
