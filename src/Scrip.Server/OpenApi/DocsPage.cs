using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.OpenApi;

/// <summary>A page at <c>/docs</c> to read about the API and to try it. Everything on it comes from this server.</summary>
internal static class DocsPage
{
    private const string Path = "/docs";

    /// <summary>The hash is of the one style that the page's own script puts into an element.</summary>
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

    /// <summary>The page knows GET alone. When the answer starts it is one to HEAD again, and Kestrel leaves its body out.</summary>
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
