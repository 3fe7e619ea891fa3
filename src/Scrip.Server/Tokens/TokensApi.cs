using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Client;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Tokens;

/// <summary>
/// Tokens are made, listed, rotated and revoked by administrators: of their own site, or of all where their site is the default one.
/// </summary>
public static class TokensApi
{
    internal const int MaxBodyBytes = 16 * 1024;
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
        var query = new QueryParameters(request, errors, [.. ResourceList<ApiTokenResource>.Parameters, "site"]);
        var site = SiteOf(query, caller, directory, errors);
        return Listed.Answer(
            request.HttpContext, query, errors,
            () => directory.Tokens.Where(token => token.SiteId == site!.Id).Select(token => Resource(token, site!.Name, time.GetUtcNow())));
    }

    private static async Task<IResult> Create(
        HttpContext context, Caller caller, WritePipeline pipeline, AccessDirectory directory, TimeProvider time)
    {
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, MaxBodyBytes);
        if (refusal is not null)
            return refusal;
        using var read = body!;
        var request = RequestObject.Read(read.Utf8, errors, "site", "name", "scopes", "expires_at");
        var siteName = request.Text("site", Site.MaxNameLength);
        var name = request.Text("name", ApiToken.MaxNameLength);
        var scopes = ReadScopes(request);
        var expiresAt = request.Instant("expires_at");
        if (expiresAt <= time.GetUtcNow())
            request.Refuse("expires_at", ErrorCodes.OutOfRange, "expires_at must be in the future.");
        var site = Visible(directory.FindSite(siteName), caller);
        if (site is null && siteName.Length > 0)
            request.Refuse("site", ErrorCodes.UnknownValue, "There is no such site.");
        if (errors.Any)
            return errors.ToProblem();
        if (EntityTags.RefuseConditions(context.Request) is { } refused)
            return refused;
        if (caller.Actor == Actors.Developer && (site!.Id != Site.DefaultId || !scopes.HasFlag(Scopes.Admin)))
            return new ProblemResult(ProblemType.Conflict, FirstMustBeAdmin);
        if (!RequestIdentification.TryRead(context.Request, "api-token", read.Utf8, out var identity, out refusal))
            return refusal!;

        var text = TokenText.Create(site!.Name);
        var command = new CreateApiToken(name, scopes, TokenHash.Of(text).ToBytes(), expiresAt)
        {
            SiteId = caller.Site.Id,
            ForSiteId = site.Id,
            Actor = caller.Actor,
            Identity = identity,
        };
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not ApiTokenCreated created)
            return ProblemFor.KeyReused();
        await directory.RefreshAfterWriteAsync();
        if (answer.IsReplay)
        {
            return AlreadyShown(
                context,
                $"The first request with this key made token {created.Id}; its text was shown then and is not kept. Revoke it and make "
                + "another.",
                answer.TraceId);
        }
        var resource = new ApiTokenResource(
            created.Id, site.Name, name, ScopeNames.List(scopes), created.CreatedAt, expiresAt, Token: text);
        return JsonResult.Of(resource, JsonResult.Wire.ApiTokenResource, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Rotate(
        string id, HttpContext context, Caller caller, WritePipeline pipeline, AccessDirectory directory, TimeProvider time)
    {
        var errors = new RequestErrors();
        var site = SiteOf(new QueryParameters(context.Request, errors, "site"), caller, directory, errors);
        var (body, refusal) = await RequestBody.ReadOptionalAsync(context.Request, MaxBodyBytes);
        if (refusal is not null)
            return refusal;
        using var read = body!;
        var overlap = RequestObject.Read(read.Utf8, errors, OverlapSeconds)
            .Integer(OverlapSeconds, least: 0, most: (long)RotateApiToken.LongestOverlap.TotalSeconds);
        if (errors.Any)
            return errors.ToProblem();
        if (EntityTags.RefuseConditions(context.Request) is { } refused)
            return refused;
        var call = $"api-token {id} {site!.Name} rotate";
        if (!RequestIdentification.TryRead(context.Request, call, read.Utf8, out var identity, out refusal))
            return refusal!;

        _ = PathId.TryParse(id, out var tokenId);
        var text = TokenText.Create(site.Name);
        var command = new RotateApiToken(
            tokenId,
            TokenHash.Of(text).ToBytes(),
            overlap is { } seconds ? TimeSpan.FromSeconds(seconds) : RotateApiToken.DefaultOverlap)
        {
            SiteId = caller.Site.Id,
            ForSiteId = site.Id,
            Actor = caller.Actor,
            Identity = identity,
        };
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not RotateApiTokenOutcome outcome)
            return ProblemFor.KeyReused();
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        await directory.RefreshAfterWriteAsync();
        return outcome.Verdict switch
        {
            RotateApiTokenVerdict.NotFound => new ProblemResult(ProblemType.NotFound, $"There is no token {id}.", traceId: answer.TraceId),
            RotateApiTokenVerdict.Revoked => Ended($"Token {id} is revoked"),
            RotateApiTokenVerdict.Expired => Ended($"Token {id} has expired"),
            RotateApiTokenVerdict.Rotated when outcome.Token is { } rotated => JsonResult.Of(
                Resource(rotated, site.Name, time.GetUtcNow()) with { Token = text }, JsonResult.Wire.ApiTokenResource),
            RotateApiTokenVerdict.Rotated => AlreadyShown(
                context,
                $"The first request with this key rotated token {id}; its new text was shown then and is not kept. Another rotation shows "
                + "another, and ends at once the text from before the first.",
                answer.TraceId),
        };

        ProblemResult Ended(string what) =>
            new(ProblemType.Conflict, $"{what}: it cannot be rotated. Make another. Nothing was stored.", traceId: answer.TraceId);
    }

    private static async Task<IResult> Revoke(
        string id, HttpContext context, Caller caller, WritePipeline pipeline, AccessDirectory directory)
    {
        var errors = new RequestErrors();
        var site = SiteOf(new QueryParameters(context.Request, errors, "site"), caller, directory, errors);
        if (errors.Any)
            return errors.ToProblem();
        if (EntityTags.RefuseConditions(context.Request) is { } refused)
            return refused;
        if (!RequestIdentification.TryRead(context.Request, $"api-token {id} {site!.Name}", [], out var identity, out var refusal))
            return refusal!;
        _ = PathId.TryParse(id, out var tokenId);
        var command = new RevokeApiToken(tokenId)
        {
            SiteId = caller.Site.Id,
            ForSiteId = site.Id,
            Actor = caller.Actor,
            Identity = identity,
        };
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not RevokeApiTokenOutcome outcome)
            return ProblemFor.KeyReused();
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        await directory.RefreshAfterWriteAsync();
        return outcome.Verdict switch
        {
            RevokeApiTokenVerdict.Revoked => Results.NoContent(),
            RevokeApiTokenVerdict.NotFound => new ProblemResult(ProblemType.NotFound, $"There is no token {id}.", traceId: answer.TraceId),
        };
    }

    /// <summary>The text was shown once and is not kept: a replay can only say what the first request did.</summary>
    private static ProblemResult AlreadyShown(HttpContext context, string detail, string? traceId)
    {
        context.Response.Headers[RequestIdentification.Replayed] = "true";
        return new ProblemResult(ProblemType.Conflict, detail, traceId: traceId);
    }

    private static Scopes ReadScopes(RequestObject request)
    {
        var scopes = Scopes.None;
        foreach (var (at, name) in request.Texts("scopes").Index())
        {
            if (ScopeNames.TryParse(name, out var scope))
                scopes |= scope;
            else
                request.RefuseItem("scopes", at, ErrorCodes.UnknownValue, $"Known are {ScopeNames.All}.");
        }
        return scopes;
    }

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
