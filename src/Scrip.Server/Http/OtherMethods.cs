using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Scrip.Server.Http;

internal static class OtherMethods
{
    /// <summary>Responds with 405 where routing would otherwise fall back to a pattern with a parameter.</summary>
    public static IEndpointConventionBuilder MapOtherMethods(this IEndpointRouteBuilder routes, string pattern, string allow) =>
        routes.Map(pattern, (HttpContext context) =>
        {
            context.Response.Headers.Allow = allow;
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        });
}
