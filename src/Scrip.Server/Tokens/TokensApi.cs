using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Client;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Tokens;

/// <summary>
/// The calls about tokens. Administrators create, list, rotate and revoke the tokens of their own site, or of all sites if theirs is the
/// default one.
/// </summary>
public static class TokensApi
{
    private const string OverlapSeconds = "overlap_seconds";

    /// <summary>In Development the first token ends calls without a token: any other than this would lock its creator out.</summary>
    private const string FirstMustBeAdmin =
        "Once a token exists, every call requires one. First create a token of the site default with the scope admin: it can create all "
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
            () => directory.Tokens
                .Where(token => token.SiteId == site!.Id)
                .Select(token => TokenAnswers.Resource(token, site!.Name, time.GetUtcNow())));
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
        var secret = TokenText.Create(site!.Name);
        var written = await WriteAsync(request, directory, new CreateApiToken(name, scopes, TokenHash.Of(secret).ToBytes(), expiresAt)
        {
            Origin = input.Origin,
            ForSiteId = site.Id,
        });
        var token = new ApiTokenResource(Id: 0, site.Name, name, ScopeNames.List(scopes), CreatedAt: default, expiresAt, Token: secret);
        return TokenAnswers.OfCreated(written, token);
    }

    private static async Task<IResult> Rotate(string id, WriteRequest request, AccessDirectory directory, TimeProvider time)
    {
        var site = SiteOf(request.ReadParameters("site"), request.Caller, directory, request.Errors);
        var input = await request.ReadAsync(WriteForm.SmallOptional, $"api-token {id} {site?.Name} rotate", (utf8, errors) =>
            RequestObject.Read(utf8, errors, OverlapSeconds)
                .Integer(OverlapSeconds, least: 0, most: (long)RotateApiToken.LongestOverlap.TotalSeconds));
        if (input.Refusal is { } refusal)
            return refusal;
        var secret = TokenText.Create(site!.Name);
        var overlap = input.Body is { } seconds ? TimeSpan.FromSeconds(seconds) : RotateApiToken.DefaultOverlap;
        var written = await WriteAsync(request, directory, new RotateApiToken(IdOf(id), TokenHash.Of(secret).ToBytes(), overlap)
        {
            Origin = input.Origin,
            ForSiteId = site.Id,
        });
        return TokenAnswers.OfRotated(written, id, site, secret, time.GetUtcNow());
    }

    private static async Task<IResult> Revoke(string id, WriteRequest request, AccessDirectory directory)
    {
        var site = SiteOf(request.ReadParameters("site"), request.Caller, directory, request.Errors);
        var input = await request.ReadAsync(WriteForm.WithoutBody, $"api-token {id} {site?.Name}", (_, _) => site?.Id);
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await WriteAsync(request, directory, new RevokeApiToken(IdOf(id))
        {
            Origin = input.Origin,
            ForSiteId = input.Body,
        });
        return TokenAnswers.OfRevoked(written, id);
    }

    private static async Task<Written<TOutcome>> WriteAsync<TOutcome>(
        WriteRequest request, AccessDirectory directory, Command<TOutcome> command)
        where TOutcome : class
    {
        var written = await request.WriteAsync(command);
        if (written.Outcome is not null)
            await directory.RefreshAfterWriteAsync();
        return written;
    }

    private static long IdOf(string pathId) => PathId.TryParse(pathId, out var id) ? id : 0;

    /// <summary>The site that a call names; the caller's own by default.</summary>
    private static Site? SiteOf(QueryParameters query, Caller caller, AccessDirectory directory, RequestErrors errors)
    {
        if (query.Text("site") is not { } name)
            return caller.Site;
        if (Visible(directory.FindSite(name), caller) is { } site)
            return site;
        errors.Add("?site", ErrorCodes.UnknownValue, "The site was not found.");
        return null;
    }

    /// <summary>Returns null for a site that the caller does not administer: to this caller it does not exist.</summary>
    private static Site? Visible(Site? site, Caller caller) => caller.AdministersAll || site?.Id == caller.Site.Id ? site : null;
}
