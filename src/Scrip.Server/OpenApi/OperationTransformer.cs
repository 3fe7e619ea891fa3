using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;

namespace Scrip.Server.OpenApi;

/// <summary>
/// Puts what an endpoint's <see cref="ApiOperation"/> and <see cref="EndpointAccess"/> say in place of what could be guessed from its
/// handler.
/// </summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var described = metadata.OfType<ApiDescription>().LastOrDefault()?.Make()
            ?? throw new InvalidOperationException(
                $"{context.Description.HttpMethod} {context.Description.RelativePath} is mapped without a description.");
        var scopes = metadata.OfType<EndpointAccess>().Last().AnyOf;

        operation.OperationId = described.Id;
        operation.Summary = described.Summary;
        operation.Description = described.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(described.Tag, document) };
        operation.Parameters = described.Parameters.Count == 0 ? null : [.. described.Parameters];
        operation.RequestBody = described.Body is { } body ? ToRequestBody(body) : null;
        operation.Responses = ToResponses(AllAnswers(described, scopes), document);
        operation.Security = scopes switch
        {
            null => null,
            Scopes.None => ToSecurity([], document),
            { } anyOf => [.. ScopeNames.List(anyOf).SelectMany(scope => ToSecurity([scope], document))],
        };
        return Task.CompletedTask;
    }

    public static OpenApiResponse ToResponse(ApiAnswer answer, OpenApiDocument document) => new()
    {
        Description = answer.Description,
        Headers = answer.Headers.Count == 0
            ? null
            : answer.Headers.ToDictionary(ApiHeaders.NameOf, IOpenApiHeader (header) => new OpenApiHeaderReference(header, document)),
        Content = answer.Schema is null ? null : ToContent(answer.ContentType, answer.Schema, answer.Example!),
    };

    /// <summary>Where a call has words of its own for a status, they stand instead of the shared ones.</summary>
    private static IEnumerable<ApiAnswer> AllAnswers(ApiOperation described, Scopes? scopes)
    {
        IReadOnlyList<ApiAnswer> shared =
            [.. scopes is { } anyOf ? SharedAnswers.OfCallersWith(anyOf) : [], .. SharedAnswers.OfEveryCall];
        return [.. described.Answers, .. shared.ExceptBy(described.Answers.Select(own => own.Status), answer => answer.Status)];
    }

    private static OpenApiResponses ToResponses(IEnumerable<ApiAnswer> answers, OpenApiDocument document)
    {
        var responses = new OpenApiResponses();
        foreach (var answer in answers.OrderBy(answer => answer.Status))
        {
            IOpenApiResponse response =
                answer.SharedAs is { } name ? new OpenApiResponseReference(name, document) : ToResponse(answer, document);
            responses.Add(answer.Status.ToString(CultureInfo.InvariantCulture), response);
        }
        return responses;
    }

    private static OpenApiRequestBody ToRequestBody(ApiBody body) =>
        new()
        {
            Description = body.Description,
            Required = body.IsRequired,
            Content = body.ContentTypes.ToDictionary(type => type, _ => ToMediaType(body.Schema, body.Example)),
        };

    private static Dictionary<string, OpenApiMediaType> ToContent(string contentType, IOpenApiSchema schema, string example) =>
        new() { [contentType] = ToMediaType(schema, example) };

    private static OpenApiMediaType ToMediaType(IOpenApiSchema schema, string example) =>
        new() { Schema = schema, Example = JsonNode.Parse(example) };

    /// <summary>Either scheme will do. The scope stands with both: OpenAPI 3.1 lets schemes other than OAuth name roles there.</summary>
    private static List<OpenApiSecurityRequirement> ToSecurity(IReadOnlyList<string> scopes, OpenApiDocument document) =>
    [
        new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecuritySchemes.ApiToken, document)] = [.. scopes] },
        new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecuritySchemes.Bearer, document)] = [.. scopes] },
    ];
}
