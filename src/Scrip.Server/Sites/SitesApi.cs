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

namespace Scrip.Server.Sites;

/// <summary>The calls about sites. Administrators of the default site open sites; those of another site see their own.</summary>
public static class SitesApi
{
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
        var query = new QueryParameters(request, errors, ResourceList.Parameters);
        return Listed.Answer(
            request.HttpContext, query, errors,
            () => directory.Sites.Where(site => caller.AdministersAll || site.Id == caller.Site.Id).Select(Resource));
    }

    private static async Task<IResult> Create(WriteRequest request, AccessDirectory directory)
    {
        if (!request.Caller.AdministersAll)
            return new ProblemResult(ProblemType.Forbidden, $"Only an administrator of the site {Site.DefaultName} can open sites.");
        var input = await request.ReadAsync(WriteForm.Small, "site", ReadNew);
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new CreateSite(input.Body.Name, input.Body.Currency, input.Body.TimeZone)
        {
            Origin = input.Origin with { SiteId = Site.DefaultId },
        });
        if (written.Outcome is not null)
            await directory.RefreshAfterWriteAsync();
        return AnswerOf(written);
    }

    private static IResult AnswerOf(Written<CreateSiteOutcome> written) =>
        written.Outcome is not { } outcome ? ProblemFor.KeyReused() : outcome.Verdict switch
        {
            CreateSiteVerdict.Created =>
                JsonResult.Of(Resource(outcome.Site!), JsonResult.Wire.SiteResource, StatusCodes.Status201Created),
            CreateSiteVerdict.NameTaken => new ProblemResult(
                ProblemType.Conflict,
                "Nothing was stored.",
                [new ProblemError("/name", ErrorCodes.NameTaken, "Another site has this name.")],
                written.TraceId),
        };

    private static (string Name, Currency Currency, string TimeZone) ReadNew(ReadOnlySpan<byte> utf8, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "name", "currency", "time_zone");
        var name = body.Text("name", Site.MaxNameLength);
        if (name.Length > 0 && !Site.IsValidName(name))
            body.Refuse("name", ErrorCodes.UnknownValue, "name must consist of lower-case letters, digits and inner hyphens.");
        var currencyCode = body.Text("currency", maxLength: 3);
        if (!Currency.TryCreate(currencyCode, out var currency) && currencyCode.Length > 0)
            body.Refuse("currency", ErrorCodes.UnknownValue, "currency must be a code of ISO 4217, such as MDL.");
        var timeZone = body.Text("time_zone", MaxTimeZoneLength);
        if (timeZone.Length > 0 && !TimeZones.IsKnown(timeZone))
            body.Refuse("time_zone", ErrorCodes.UnknownValue, "time_zone must be an IANA name, such as Europe/Chisinau.");
        return (name, currency, timeZone);
    }

    private static SiteResource Resource(Site site) => new(site.Id, site.Name, site.Currency.Code, site.TimeZone, site.CreatedAt);
}
