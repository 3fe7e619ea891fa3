using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.OpenApi;

/// <summary>The page <c>/docs</c>, where people read about the API and try it. Everything on it comes from this server.</summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    /// <summary>The hash is that of the only style that the page's script adds to an element.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseScripDocs(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
        docs =>
        {
            docs.Use(SecureAsync);
            docs.UseSwaggerUI(page =>
            {
                page.RoutePrefix = Path.TrimStart('/');
                page.DocumentTitle = "Scrip";
                page.SwaggerEndpoint(ApiDocument.Path, "Scrip");
                page.EnableDeepLinking();
                page.DisplayRequestDuration();
            });
        });

    private static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        AnswerHeadLikeGet(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    /// <summary>
    /// Lets the page, which only knows GET, respond to HEAD. The method is restored before the response starts, so that Kestrel omits the
    /// body.
    /// </summary>
    private static void AnswerHeadLikeGet(HttpContext context)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsHead(method))
            return;
        context.Request.Method = HttpMethods.Get;
        context.Response.OnStarting(() =>
        {
            context.Request.Method = method;
            return Task.CompletedTask;
        });
    }
}
