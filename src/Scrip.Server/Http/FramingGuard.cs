using Microsoft.AspNetCore.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// Refuses a request that states its length twice (RFC 9112, 6.3). A proxy in front of the server may have used the other length, so that
/// part of one caller's body becomes the next request of another caller.
/// </summary>
internal sealed class FramingGuard(RequestDelegate next)
{
    /// <summary>Kestrel ignores a Content-Length next to Transfer-Encoding and stores it under this name.</summary>
    private const string SetAside = "X-Content-Length";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count == 0 || (headers.ContentLength is null && !headers.ContainsKey(SetAside)))
            return next(context);
        context.Response.Headers.Connection = "close";
        return ProblemFor.Invalid("The request has both Content-Length and Transfer-Encoding.").ExecuteAsync(context);
    }
}
