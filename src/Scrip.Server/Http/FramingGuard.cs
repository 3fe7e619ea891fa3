using Microsoft.AspNetCore.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// Refuses a request that states its length twice (RFC 9112, 6.3): a proxy in front may have believed the other statement, and what it took
/// for the body of one caller's request would be the next request of another's.
/// </summary>
internal sealed class FramingGuard(RequestDelegate next)
{
    /// <summary>Kestrel ignores a Content-Length beside Transfer-Encoding and leaves it under this name.</summary>
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
