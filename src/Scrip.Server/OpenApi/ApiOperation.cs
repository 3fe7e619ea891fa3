using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>What a call is, in words and for programs. <see cref="OperationTransformer"/> turns it into OpenAPI.</summary>
/// <param name="Id">Of the whole API; what generated clients call the method.</param>
internal sealed record ApiOperation(string Id, string Tag, string Summary, string Description)
{
    public IReadOnlyList<IOpenApiParameter> Parameters { get; init; } = [];
    public ApiBody? Body { get; init; }

    /// <summary>Without those that depend on who calls or can come from every call; the transformer adds them.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }
}

/// <param name="Example">JSON.</param>
internal sealed record ApiBody(string Description, IOpenApiSchema Schema, string Example)
{
    public static IReadOnlyList<string> JsonOrMergePatch { get; } = ["application/json", "application/merge-patch+json"];

    public bool IsRequired { get; init; } = true;

    public IReadOnlyList<string> ContentTypes { get; init; } = ["application/json"];
}

/// <summary>
/// Metadata of an endpoint. Its description is made when the document is: the schemas and examples of all calls take megabytes, and most
/// servers are never asked for them.
/// </summary>
internal sealed record ApiDescription(Func<ApiOperation> Make);

internal static class ApiDescriptionExtensions
{
    public static TBuilder Describe<TBuilder>(this TBuilder builder, Func<ApiOperation> operation)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiDescription(operation));
}
