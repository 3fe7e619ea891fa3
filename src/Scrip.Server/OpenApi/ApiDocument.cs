using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Http;

namespace Scrip.Server.OpenApi;

/// <summary>
/// The description of the API at <c>/openapi/v1.json</c>: the file <c>openapi.v1.json</c> with the limits of this server. It is the same
/// for every caller, and most servers never serve it, so its bytes are created once, on the first request.
/// </summary>
internal sealed partial class ApiDocument(IOptions<ScripOptions> options)
{
    public const string Path = "/openapi/v1.json";

    private readonly Lazy<Content> content = new(() => Read(options.Value));

    public Content Get() => content.Value;

    private static Content Read(ScripOptions options)
    {
        using var file = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.v1.json")!;
        using var reader = new StreamReader(file);
        var text = DefaultItems().Replace(reader.ReadToEnd(), options.MaxBulkItems.ToString(CultureInfo.InvariantCulture));
        var utf8 = Encoding.UTF8.GetBytes(DefaultBytes().Replace(text, options.MaxBulkBytes.ToString(CultureInfo.InvariantCulture)));
        return new Content(utf8, $"\"{Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 16))}\"");
    }

    // The file contains the defaults of the two settings, and uses these numbers for nothing else.
    [GeneratedRegex(@"\b100000\b")]
    private static partial Regex DefaultItems();

    [GeneratedRegex(@"\b33554432\b")]
    private static partial Regex DefaultBytes();

    /// <param name="Tag">The entity tag, in quotes. It changes only with the description.</param>
    internal sealed record Content(ReadOnlyMemory<byte> Utf8, string Tag);
}

internal static class ApiDocumentEndpoint
{
    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapGet(ApiDocument.Path, ReadAsync).OpenToAll();

    private static async Task ReadAsync(HttpContext context, ApiDocument document)
    {
        var (utf8, tag) = document.Get();
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
