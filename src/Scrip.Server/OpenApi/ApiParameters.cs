using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scrip.Server.Lists;
using Scrip.Server.Requests;

namespace Scrip.Server.OpenApi;

/// <summary>The parameters of calls, and those that several calls share.</summary>
internal static class ApiParameters
{
    public static OpenApiParameter IdempotencyKey { get; } = Header(
        "Idempotency-Key",
        "The caller's name for this attempt: at most 255 characters, bare, or in double quotes, which do not count. The same request with "
        + "the same key is carried out once and returns the same response again; another request with the key gets 422. Kept for each "
        + "token.",
        Schemas.Text(minLength: 1, maxLength: Ledger.IdempotencyKey.MaxLength, pattern: "^[ -~]+$"));

    /// <summary>Of the calls that move money.</summary>
    public static OpenApiParameter RequiredIdempotencyKey { get; } = new()
    {
        Name = IdempotencyKey.Name,
        In = IdempotencyKey.In,
        Required = true,
        Description = IdempotencyKey.Description,
        Schema = IdempotencyKey.Schema,
    };

    public static OpenApiParameter Site { get; } = Query(
        "site", "The name of a site that the token administers; the token's own when left out.", Schemas.Text(minLength: 1));

    /// <summary>How a list is cut into pages, and which attributes it has.</summary>
    public static IReadOnlyList<OpenApiParameter> OfLists(string things, IEnumerable<string> attributes) =>
    [
        Query(
            "page",
            $"The number of a page, from 1. A page has {PageRequest.DefaultPageSize} {things} when page_size is left out. One past the end "
            + "is [].",
            Schemas.Integer(least: 1, most: PageRequest.MaxPage)),
        Query(
            "page_size",
            $"The {things} on a page. Alone it means page 1; page or after alone mean {PageRequest.DefaultPageSize}.",
            Schemas.Integer(least: 1, most: PageRequest.MaxPageSize)),
        Query(
            "after",
            $"The {things} whose id is greater, in the order of id: 0 for the first page, then as Link says. Not together with page.",
            Schemas.Integer(least: 0, most: long.MaxValue)),
        QueryList("fields", "Only these attributes, in their own order; all of them when left out.", Schemas.OneOf(attributes)),
    ];

    /// <summary>A time as a filter has it.</summary>
    public static OpenApiSchema Instant() => new() { AnyOf = [Schemas.Integer(least: 0, most: Instants.LastUnixSecond), Schemas.Time()] };

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
