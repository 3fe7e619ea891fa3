using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// Finds out who calls, and refuses nobody: the limit of requests comes next, and counts for a caller or else for the address, so that
/// guessing tokens has a limit too.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, Authenticator authenticator)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set(authenticator.Identify(context));
        return next(context);
    }
}
