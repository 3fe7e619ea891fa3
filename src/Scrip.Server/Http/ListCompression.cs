using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Scrip.Server.Http;

/// <summary>Compresses lists. A single certificate is shorter than its headers, and its ETag identifies exactly these bytes.</summary>
internal sealed class ListCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private const int WorthwhileBytes = 1024;

    public override bool ShouldCompressResponse(HttpContext context) =>
        !(context.Response.ContentLength < WorthwhileBytes)
        && context.Response.Headers.ETag.Count == 0
        && base.ShouldCompressResponse(context);
}
