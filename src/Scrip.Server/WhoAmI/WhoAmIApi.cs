using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Http;

namespace Scrip.Server.WhoAmI;

/// <summary>
/// Tells a caller about its own token and site, whatever its scopes, so that a program learns the currency and the time zone.
/// </summary>
public static class WhoAmIApi
{
    private static readonly Attributes<Identity> Attributes = new(
        Attribute<Identity>.Text("name", (in identity) => identity.Name),
        new("scopes", WriteScopes),
        Attribute<Identity>.Instant("expires_at", (in identity) => identity.ExpiresAt),
        Attribute<Identity>.Text("site", (in identity) => identity.Caller.Site.Name),
        Attribute<Identity>.CurrencyCode("currency"),
        Attribute<Identity>.Text("time_zone", (in identity) => identity.Caller.Site.TimeZone));

    public static RouteGroupBuilder MapWhoAmI(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/whoami");
        group.MapGet("/", Describe).RequireToken();
        return group;
    }

    private static IResult Describe(HttpRequest request, Caller caller, AccessDirectory directory)
    {
        var errors = new RequestErrors();
        var attributes = Attributes.Read(new QueryParameters(request, errors, AttributeNames.Parameter), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        // The actors of the two callers without a stored token are not token ids.
        var token = directory.Tokens.FirstOrDefault(token => token.SiteId == caller.Site.Id && token.Id == caller.Actor);
        var identity = new Identity(caller, token?.Name ?? (caller.Actor == Actors.Operator ? "operator" : "developer"), token?.ExpiresAt);
        return JsonObject.Answer(json => attributes.Write(json, identity, caller.Site.Currency), StatusCodes.Status200OK);
    }

    private static void WriteScopes(Utf8JsonWriter json, in Identity identity, Currency currency)
    {
        json.WriteStartArray();
        foreach (var scope in ScopeNames.List(identity.Caller.Scopes))
            json.WriteStringValue(scope);
        json.WriteEndArray();
    }

    /// <param name="Name">The name of the token; <c>operator</c> or <c>developer</c> for the two callers without a stored token.</param>
    internal sealed record Identity(Caller Caller, string Name, DateTimeOffset? ExpiresAt);
}
