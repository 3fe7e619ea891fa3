using Scrip.Client;
using Scrip.Server.Lists;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;
using Scrip.Server.Tokens;

namespace Scrip.Server.WhoAmI;

/// <summary>Describes the call that tells a caller about itself.</summary>
internal static class WhoAmIOperations
{
    public const string Resource = "WhoAmIResource";

    public static ApiOperation WhoAmI { get; } = new(
        "whoAmI",
        TokenOperations.TagName,
        "The caller's own token and site",
        "Returns the name, the scopes and the expiry of the token that made the call, and the name, currency and time zone of its site. "
        + "Any valid token may call it.")
    {
        Parameters =
        [
            ApiParameters.QueryList(
                AttributeNames.Parameter, "Only these attributes, in their own order; all of them when left out.",
                Schemas.OneOf(WhoAmIApi.Attributes.Known)),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The token and its site.",
                Schemas.Named(Resource),
                """
                {
                    "name": "operator",
                    "scopes": ["admin"],
                    "expires_at": null,
                    "site": "default",
                    "currency": "USD",
                    "time_zone": "UTC"
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown or repeated, or fields names an attribute that does not exist.",
                RequestErrors.OfQuery,
                new ProblemError("?fields", ErrorCodes.UnknownValue, WhoAmIApi.Attributes.Unknown("price"))),
        ],
    };
}
