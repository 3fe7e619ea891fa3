using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Sites;

/// <summary>The calls for sites, described (docs/api/tokens-and-sites.md).</summary>
internal static class SiteOperations
{
    private const string TagName = "Sites";

    public static OpenApiTag Tag { get; } = new()
    {
        Name = TagName,
        Description = "Shops on this server. Each has certificates, ids, codes and tokens of its own.",
    };

    public static ApiOperation List { get; } = new(
        "listSites",
        TagName,
        "List sites",
        "Returns the sites that the token administers: all of them for a token of the site default, otherwise its own.")
    {
        Parameters = ApiParameters.OfLists("sites", SitesApi.Listed.Names),
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The sites, in the order of creation.",
                Schemas.ArrayOf(Schemas.Named(nameof(SiteResource))),
                """
                [
                    {
                        "id": 1,
                        "name": "default",
                        "currency": "USD",
                        "time_zone": "UTC",
                        "created_at": "2026-01-31T12:00:00.123456Z"
                    },
                    {
                        "id": 2,
                        "name": "second",
                        "currency": "MDL",
                        "time_zone": "Europe/Chisinau",
                        "created_at": "2026-01-31T12:00:00.123456Z"
                    }
                ]
                """,
                ApiHeaders.Link, ApiHeaders.NoStore, ApiHeaders.TotalCount),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown, repeated or out of range.",
                RequestErrors.OfQuery,
                new ProblemError("?page", ErrorCodes.OutOfRange, "page must be an integer between 1 and 1844674407370955.")),
        ],
    };

    public static ApiOperation Create { get; } = new(
        "createSite",
        TagName,
        "Open a site",
        "Opens a site. Its currency and time zone stay as they are. Only a token of the site default can do this.")
    {
        Parameters = [ApiParameters.IdempotencyKey],
        Body = new(
            $"One site, in at most {SitesApi.MaxBodyBytes} bytes.",
            Schemas.Named(nameof(SiteRequest)),
            """
            {
                "name": "second",
                "currency": "MDL",
                "time_zone": "Europe/Chisinau"
            }
            """),
        Answers =
        [
            ApiAnswer.Success(
                201,
                "The new site.",
                Schemas.Named(nameof(SiteResource)),
                """
                {
                    "id": 2,
                    "name": "second",
                    "currency": "MDL",
                    "time_zone": "Europe/Chisinau",
                    "created_at": "2026-01-31T12:00:00.123456Z"
                }
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value that cannot be used; or a header is malformed. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/currency", ErrorCodes.UnknownValue, "currency must be a code of ISO 4217, such as MDL.")),
            ApiAnswer.Refusal(
                ProblemType.Forbidden,
                "The token does not have the scope admin, or belongs to another site than default.",
                "Only an administrator of the site default can open sites."),
            ApiAnswer.Refusal(
                ProblemType.Conflict,
                "Another site has the name. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/name", ErrorCodes.NameTaken, "Another site has this name.")).With(ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.TooLarge,
                "The body is too long. Nothing was stored.",
                $"The body may have {SitesApi.MaxBodyBytes} bytes at most; nothing was stored."),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };
}
