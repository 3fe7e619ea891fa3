using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scrip.Server.Auth;

namespace Scrip.Server.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    public const string DocumentPath = "/openapi/v1.json";

    public static void AddScripOpenApi(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<OperationTransformer>();
            options.AddDocumentTransformer<DocumentTransformer>();
        });

    public static void MapScripOpenApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi(DocumentPath).OpenToAll();
}
