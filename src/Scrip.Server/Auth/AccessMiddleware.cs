using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Server.Problems;

namespace Scrip.Server.Auth;

/// <summary>Lets a request through to its endpoint, or responds with 401, 403, or 503 for a site that this server cannot serve.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessDirectory directory)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Without an endpoint the response is 404 or 405, and there is nothing to protect.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
            return next(context);
        var access = endpoint.Metadata.GetMetadata<EndpointAccess>();
        if (access is { AnyOf: null })
            return next(context);
        directory.RequireRead();
        if (context.Features.Get<Caller>() is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return AccessRefusals.Unauthorized().ExecuteAsync(context);
        }
        // An endpoint that declares no scopes accepts nobody.
        if (access?.AnyOf is not { } scopes || (scopes != Scopes.None && !caller.MayAnyOf(scopes)))
            return AccessRefusals.Forbidden(access?.AnyOf ?? Scopes.None).ExecuteAsync(context);
        // Sites and tokens can still be administered: those calls use neither the currency nor the time zone of the site.
        if (scopes != Scopes.Admin && directory.FindFault(caller.Site) is { } fault)
        {
            context.Response.Headers.RetryAfter = ProblemFor.RetryLaterSeconds;
            return ProblemFor.SiteUnavailable(fault).ExecuteAsync(context);
        }
        return next(context);
    }
}
