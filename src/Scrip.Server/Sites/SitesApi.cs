using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Client;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Sites;

/// <summary>Sites are opened by administrators of the default site; those of another site see their own.</summary>
public static class SitesApi
{
    internal const int MaxBodyBytes = 16 * 1024;
    internal const int MaxTimeZoneLength = 64;

    private static readonly ResourceList<SiteResource> Listed = new(JsonResult.Wire.SiteResource, site => site.Id);

    public static RouteGroupBuilder MapSites(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/site").RequireScope(Scopes.Admin);
        group.MapGet("/", List);
        group.MapPost("/", Create);
        return group;
    }

    private static IResult List(HttpRequest request, Caller caller, AccessDirectory directory)
    {
        var errors = new RequestErrors();
        var query = new QueryParameters(request, errors, ResourceList<SiteResource>.Parameters);
        return Listed.Answer(
            request.HttpContext, query, errors,
            () => directory.Sites.Where(site => caller.AdministersAll || site.Id == caller.Site.Id).Select(Resource));
    }

    private static async Task<IResult> Create(HttpContext context, Caller caller, WritePipeline pipeline, AccessDirectory directory)
    {
        if (!caller.AdministersAll)
            return new ProblemResult(ProblemType.Forbidden, $"Only an administrator of the site {Site.DefaultName} can open sites.");
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, MaxBodyBytes);
        if (refusal is not null)
            return refusal;
        using var read = body!;
        var request = RequestObject.Read(read.Utf8, errors, "name", "currency", "time_zone");
        var name = request.Text("name", Site.MaxNameLength);
        if (name.Length > 0 && !Site.IsValidName(name))
            request.Refuse("name", ErrorCodes.UnknownValue, "name must be lower-case letters, digits and inner hyphens.");
        var currencyCode = request.Text("currency", maxLength: 3);
        if (!Currency.TryCreate(currencyCode, out var currency) && currencyCode.Length > 0)
            request.Refuse("currency", ErrorCodes.UnknownValue, "currency must be a code of ISO 4217, such as MDL.");
        var timeZone = request.Text("time_zone", MaxTimeZoneLength);
        if (timeZone.Length > 0 && !TimeZones.IsKnown(timeZone))
            request.Refuse("time_zone", ErrorCodes.UnknownValue, "time_zone must be an IANA name, such as Europe/Chisinau.");
        if (errors.Any)
            return errors.ToProblem();
        if (EntityTags.RefuseConditions(context.Request) is { } refused)
            return refused;
        if (!RequestIdentification.TryRead(context.Request, "site", read.Utf8, out var identity, out refusal))
            return refusal!;

        var command = new CreateSite(name, currency, timeZone) { SiteId = Site.DefaultId, Actor = caller.Actor, Identity = identity };
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not CreateSiteOutcome outcome)
            return ProblemFor.KeyReused();
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        await directory.RefreshAfterWriteAsync();
        return outcome.Verdict switch
        {
            CreateSiteVerdict.Created =>
                JsonResult.Of(Resource(outcome.Site!), JsonResult.Wire.SiteResource, StatusCodes.Status201Created),
            CreateSiteVerdict.NameTaken => new ProblemResult(
                ProblemType.Conflict,
                "Nothing was stored.",
                [new ProblemError("/name", ErrorCodes.NameTaken, "Another site has this name.")],
                answer.TraceId),
        };
    }

    private static SiteResource Resource(Site site) => new(site.Id, site.Name, site.Currency.Code, site.TimeZone, site.CreatedAt);
}
