using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.OpenApi;

/// <summary>
/// The shape of errors (RFC 9457). Types and codes are examples, not an enum, and more members may come: a client that was generated today
/// must still read the errors of a later version.
/// </summary>
internal static class ProblemSchemas
{
    public static Dictionary<string, IOpenApiSchema> All() => new()
    {
        [nameof(Problem)] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "An error (RFC 9457).",
            Required = new HashSet<string> { "type", "title", "status" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "uri-reference",
                    Description = "For programs. It can be opened, and says in a line what it means.",
                    Examples = [.. ProblemType.All.Select(type => JsonValue.Create(type.Uri))],
                },
                ["title"] = Schemas.Text("The type in words."),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Description = "As in the status line.",
                    Minimum = "400",
                    Maximum = "599",
                },
                ["detail"] = Schemas.Text("What was wrong with this request, for people."),
                ["errors"] = Schemas.ArrayOf(Schemas.Named(nameof(ProblemError)), maxItems: RequestErrors.MaxErrors),
                ["available"] = Schemas.Text("Of insufficient-balance: how much there is, as a decimal string."),
                ["redemption_id"] = Schemas.Integer("Of duplicate-reference: the redemption that has the reference.", least: 1),
                ["trace_id"] = Schemas.Text("Finds the request in the server's log. Not in a 401."),
            },
        },
        [nameof(ProblemError)] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "One thing that was wrong. A bulk call names every failing item, up to the first 1,000 errors.",
            Required = new HashSet<string> { "pointer", "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["pointer"] = Schemas.Text("A JSON Pointer (RFC 6901) into the body of the request, or ?name for a query parameter."),
                ["code"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = "For programs.",
                    Examples = [.. ErrorCodes.All.Select(code => JsonValue.Create(code))],
                },
                ["detail"] = Schemas.Text("For people."),
            },
        },
    };
}
