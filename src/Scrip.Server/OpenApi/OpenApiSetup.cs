using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scrip.Server.Auth;
using Scrip.Server.Requests;

namespace Scrip.Server.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    public const string DocumentName = "v1";
    public const string DocumentPath = $"/openapi/{DocumentName}.json";
    public const OpenApiSpecVersion Version = OpenApiSpecVersion.OpenApi3_1;

    public static void AddScripOpenApi(this IServiceCollection services)
    {
        services.AddSingleton<DescriptionDocument>();
        services.AddOpenApi(DocumentName, options =>
        {
            options.OpenApiVersion = Version;
            // HEAD goes with every GET: one sentence says so for all of them.
            options.ShouldInclude = call => !HttpMethods.IsHead(call.HttpMethod ?? "");
            options.AddOperationTransformer<OperationTransformer>();
            options.AddDocumentTransformer<DocumentTransformer>();
        });
    }

    public static void MapScripOpenApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet(DocumentPath, ReadAsync).ExcludeFromDescription().OpenToAll();

    private static async Task ReadAsync(HttpContext context, DescriptionDocument description)
    {
        var (utf8, tag) = await description.ReadAsync();
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (EntityTags.IsNotModified(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = utf8.Length;
        await response.Body.WriteAsync(utf8, context.RequestAborted);
    }
}
