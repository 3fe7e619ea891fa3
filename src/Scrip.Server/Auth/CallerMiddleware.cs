using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// Determines the caller and refuses nobody: the rate limit comes next and counts for the caller, or for the address without one, so that
/// guessing tokens is limited too.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, Authenticator authenticator)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set(authenticator.Identify(context));
        return next(context);
    }
}
