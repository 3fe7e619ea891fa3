using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Scrip.Ledger.Access;
using Scrip.Server.Hosting;

namespace Scrip.Server.Auth;

/// <summary>Determines the <see cref="Caller"/> of a request.</summary>
internal sealed class Authenticator(
    AccessDirectory directory, IOptions<ScripOptions> options, IHostEnvironment environment, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    /// <summary>
    /// Words in the names of headers that proxies add, including those of clouds and content networks. A request with such a header did not
    /// come from this machine, whatever its address.
    /// </summary>
    private static readonly string[] ForwardingWords =
    [
        "Forwarded", "X-Original-", "Real-IP", "Client-IP", "ClientIP", "SocketIP", "Connecting-IP", "User-IP", "X-Envoy-", "CDN-Loop",
    ];

    private readonly TokenHash? operatorHash = options.Value.AdminToken is { } token ? TokenHash.Of(token) : null;

    /// <summary>
    /// Whether callers on this machine need no token: in Development, until a token is created, so that the examples in the documentation
    /// work as written.
    /// </summary>
    public bool LetsLoopbackIn =>
        environment.IsDevelopment() && operatorHash is null && directory.IsRead && directory.Tokens.Count == 0;

    /// <summary>
    /// Notes the caller and refuses nobody: the rate limit comes next and counts for the caller, or for the address without one, so that
    /// guessing tokens is limited too.
    /// </summary>
    public Task IdentifyAsync(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(Identify(context));
        return next(context);
    }

    /// <summary>Returns null for every reason to refuse a caller.</summary>
    private Caller? Identify(HttpContext context)
    {
        if (!directory.IsRead)
            return null;
        var headers = context.Request.Headers;
        var apiToken = headers["API-Token"];
        if (apiToken.Count > 0)
            return apiToken.Count == 1 ? FindHolder(apiToken[0]!, context) : null;
        if (!StringValues.IsNullOrEmpty(headers.Authorization))
        {
            var authorization = headers.Authorization.ToString();
            return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? FindHolder(authorization[Bearer.Length..].Trim(), context)
                : null;
        }
        return LetsLoopbackIn && IsFromThisMachine(context) ? OfDefaultSite(Actors.Developer) : null;
    }

    private Caller? FindHolder(string text, HttpContext context)
    {
        var presented = PresentedToken.Of(text, context);
        // An ordinary comparison is safe: its duration only tells how far two hashes agree, which reveals nothing.
        if (presented.Hash == operatorHash)
            return OfDefaultSite(Actors.Operator);
        if (!presented.IsWellFormed || directory.FindToken(presented.Hash, time.GetUtcNow()) is not { } token)
            return null;
        return new Caller(directory.FindSite(token.SiteId)!, token.Id, token.Scopes);
    }

    private Caller OfDefaultSite(long actor) => new(directory.FindSite(Site.DefaultId)!, actor, Scopes.Admin);

    /// <summary>
    /// The Host must be this machine too: a web page whose name resolves to 127.0.0.1 (DNS rebinding) is not the developer.
    /// </summary>
    private static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.Keys.Any(IsOfProxy)
        && (context.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));

    private static bool IsOfProxy(string header) =>
        header.Equals("Via", StringComparison.OrdinalIgnoreCase)
        || ForwardingWords.Any(word => header.Contains(word, StringComparison.OrdinalIgnoreCase));
}
