using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Client;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Tokens;

/// <summary>
/// Tokens are made, listed, rotated and revoked by administrators: of their own site, or of all where their site is the default one.
/// </summary>
public static class TokensApi
{
    private const string OverlapSeconds = "overlap_seconds";

    /// <summary>In Development the first token ends the calls without one: any other than this would lock its maker out.</summary>
    private const string FirstMustBeAdmin =
        "From the first token on every call needs one. Make first a token of the site default with the scope admin, which can make all "
        + "others. Nothing was stored.";

    private static readonly ResourceList<ApiTokenResource> Listed =
        new(JsonResult.Wire.ApiTokenResource, token => token.Id, neverListed: "token");

    public static RouteGroupBuilder MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/api-token").RequireScope(Scopes.Admin);
        group.MapGet("/", List);
        group.MapPost("/", Create);
        group.MapPost("/{id}/rotate", Rotate);
        group.MapDelete("/{id}", Revoke);
        return group;
    }

    private static IResult List(HttpRequest request, Caller caller, AccessDirectory directory, TimeProvider time)
    {
        var errors = new RequestErrors();
        var query = new QueryParameters(request, errors, [.. ResourceList.Parameters, "site"]);
        var site = SiteOf(query, caller, directory, errors);
        return Listed.Answer(
            request.HttpContext, query, errors,
            () => directory.Tokens.Where(token => token.SiteId == site!.Id).Select(token => Resource(token, site!.Name, time.GetUtcNow())));
    }

    private static async Task<IResult> Create(WriteRequest request, AccessDirectory directory, TimeProvider time)
    {
        var input = await request.ReadAsync(WriteForm.Small, "api-token", (utf8, errors) => NewToken.Read(
            utf8, name => Visible(directory.FindSite(name), request.Caller), time.GetUtcNow(), errors));
        if (input.Refusal is { } refusal)
            return refusal;
        var (site, name, scopes, expiresAt) = input.Body;
        if (request.Caller.Actor == Actors.Developer && (site!.Id != Site.DefaultId || !scopes.HasFlag(Scopes.Admin)))
            return new ProblemResult(ProblemType.Conflict, FirstMustBeAdmin);
        var text = TokenText.Create(site!.Name);
        var written = await request.WriteAsync(new CreateApiToken(name, scopes, TokenHash.Of(text).ToBytes(), expiresAt)
        {
            SiteId = request.Site.Id,
            ForSiteId = site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        if (written.Outcome is not { } created)
            return ProblemFor.KeyReused();
        await directory.RefreshAfterWriteAsync();
        return written.IsReplay
            ? AlreadyShown(
                $"The first request with this key made token {created.Id}; its text was shown then and is not kept. Revoke it and make "
                + "another.",
                written.TraceId)
            : JsonResult.Of(
                new ApiTokenResource(created.Id, site.Name, name, ScopeNames.List(scopes), created.CreatedAt, expiresAt, Token: text),
                JsonResult.Wire.ApiTokenResource,
                StatusCodes.Status201Created);
    }

    private static async Task<IResult> Rotate(string id, WriteRequest request, AccessDirectory directory, TimeProvider time)
    {
        var site = SiteOf(request.ReadParameters("site"), request.Caller, directory, request.Errors);
        var input = await request.ReadAsync(WriteForm.SmallOptional, $"api-token {id} {site?.Name} rotate", (utf8, errors) =>
            RequestObject.Read(utf8, errors, OverlapSeconds)
                .Integer(OverlapSeconds, least: 0, most: (long)RotateApiToken.LongestOverlap.TotalSeconds));
        if (input.Refusal is { } refusal)
            return refusal;
        var text = TokenText.Create(site!.Name);
        var overlap = input.Body is { } seconds ? TimeSpan.FromSeconds(seconds) : RotateApiToken.DefaultOverlap;
        var written = await request.WriteAsync(new RotateApiToken(IdOf(id), TokenHash.Of(text).ToBytes(), overlap)
        {
            SiteId = request.Site.Id,
            ForSiteId = site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        await directory.RefreshAfterWriteAsync();
        return outcome.Verdict switch
        {
            RotateApiTokenVerdict.NotFound => NoSuchToken(id, written.TraceId),
            RotateApiTokenVerdict.Revoked => CannotRotate($"Token {id} is revoked", written.TraceId),
            RotateApiTokenVerdict.Expired => CannotRotate($"Token {id} has expired", written.TraceId),
            RotateApiTokenVerdict.Rotated when outcome.Token is { } rotated => JsonResult.Of(
                Resource(rotated, site.Name, time.GetUtcNow()) with { Token = text }, JsonResult.Wire.ApiTokenResource),
            RotateApiTokenVerdict.Rotated => AlreadyShown(
                $"The first request with this key rotated token {id}; its new text was shown then and is not kept. Another rotation shows "
                + "another, and ends at once the text from before the first.",
                written.TraceId),
        };
    }

    private static async Task<IResult> Revoke(string id, WriteRequest request, AccessDirectory directory)
    {
        var site = SiteOf(request.ReadParameters("site"), request.Caller, directory, request.Errors);
        var input = await request.ReadAsync(WriteForm.WithoutBody, $"api-token {id} {site?.Name}", (_, _) => site?.Id);
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new RevokeApiToken(IdOf(id))
        {
            SiteId = request.Site.Id,
            ForSiteId = input.Body,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        await directory.RefreshAfterWriteAsync();
        return outcome.Verdict switch
        {
            RevokeApiTokenVerdict.Revoked => Results.NoContent(),
            RevokeApiTokenVerdict.NotFound => NoSuchToken(id, written.TraceId),
        };
    }

    private static ProblemResult NoSuchToken(string id, string? traceId) =>
        new(ProblemType.NotFound, $"There is no token {id}.", traceId: traceId);

    private static ProblemResult CannotRotate(string reason, string? traceId) =>
        new(ProblemType.Conflict, $"{reason}: it cannot be rotated. Make another. Nothing was stored.", traceId: traceId);

    /// <summary>The text was shown once and is not kept: a replay can only say what the first request did.</summary>
    private static ProblemResult AlreadyShown(string detail, string? traceId) => new(ProblemType.Conflict, detail, traceId: traceId);

    private static long IdOf(string pathId) => PathId.TryParse(pathId, out var id) ? id : 0;

    /// <summary>The site a call is about: by name, or the caller's own.</summary>
    private static Site? SiteOf(QueryParameters query, Caller caller, AccessDirectory directory, RequestErrors errors)
    {
        if (query.Text("site") is not { } name)
            return caller.Site;
        if (Visible(directory.FindSite(name), caller) is { } site)
            return site;
        errors.Add("?site", ErrorCodes.UnknownValue, "There is no such site.");
        return null;
    }

    /// <summary>Other sites do not exist for a caller that does not administer them.</summary>
    private static Site? Visible(Site? site, Caller caller) => caller.AdministersAll || site?.Id == caller.Site.Id ? site : null;

    private static ApiTokenResource Resource(ApiToken token, string site, DateTimeOffset now) => new(
        token.Id, site, token.Name, ScopeNames.List(token.Scopes), token.CreatedAt, token.ExpiresAt, token.RevokedAt,
        token.IsLive(now) && token.Retiring is { } retiring && retiring.IsLive(now) ? retiring.EndsAt : null);
}
