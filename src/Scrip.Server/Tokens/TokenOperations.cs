using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.Auth;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Tokens;

/// <summary>The calls for tokens, described (docs/api/tokens-and-sites.md).</summary>
internal static class TokenOperations
{
    public const string TagName = "API tokens";

    public static OpenApiTag Tag { get; } = new()
    {
        Name = TagName,
        Description = "Who may call. For administrators: of the site default for all sites, of another site for that one.",
    };

    public static ApiOperation List { get; } = new(
        "listApiTokens",
        TagName,
        "List the tokens of a site",
        "Returns all tokens of a site that were ever made, the revoked and expired ones too, without their texts.")
    {
        Parameters = [.. ApiParameters.OfLists("tokens", TokensApi.Listed.Names), ApiParameters.Site],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The tokens, in the order of creation.",
                Schemas.ArrayOf(Schemas.Named(nameof(ApiTokenResource))),
                """
                [
                    {
                        "id": 1,
                        "site": "default",
                        "name": "ERP",
                        "scopes": ["certificates:read"],
                        "created_at": "2026-01-31T12:00:00.123456Z"
                    }
                ]
                """,
                ApiHeaders.Link, ApiHeaders.NoStore, ApiHeaders.TotalCount),
            UnknownSite(RequestErrors.OfQuery),
        ],
    };

    public static ApiOperation Create { get; } = new(
        "createApiToken",
        TagName,
        "Make a token",
        """
        Makes a token and shows its text, this once: only a hash of it is kept.

        A retry with the same `Idempotency-Key` makes no second token, and cannot show the text of the first again: it returns 409.
        """)
    {
        Parameters = [ApiParameters.IdempotencyKey],
        Body = new(
            $"One token, in at most {TokensApi.MaxBodyBytes} bytes.",
            Schemas.Named(nameof(ApiTokenRequest)),
            """
            {
                "site": "default",
                "name": "ERP",
                "scopes": ["certificates:read"],
                "expires_at": null
            }
            """),
        Answers =
        [
            ApiAnswer.Success(
                201,
                "The new token.",
                Schemas.Named(AccessSchemas.CreatedApiToken),
                """
                {
                    "id": 1,
                    "site": "default",
                    "name": "ERP",
                    "scopes": ["certificates:read"],
                    "created_at": "2026-01-31T12:00:00.123456Z",
                    "token": "scrip_default_this-is-an-example-and-opens-nothing"
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value that cannot be used; or a header is malformed. A site that the token "
                + "does not administer is not there. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/scopes/0", ErrorCodes.UnknownValue, $"Known are {ScopeNames.All}.")),
            ApiAnswer.Refusal(
                ProblemType.Conflict,
                "An earlier request with this Idempotency-Key made the token. Or, on a server in Development that lets callers in without "
                + "a token: the first one is not of the site default with the scope admin. Nothing more was stored.",
                "The first request with this key made token 1; its text was shown then and is not kept. Revoke it and make another.")
                .With(ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.TooLarge,
                "The body is too long. Nothing was stored.",
                $"The body may have {TokensApi.MaxBodyBytes} bytes at most; nothing was stored."),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public static ApiOperation Rotate { get; } = new(
        "rotateApiToken",
        TagName,
        "Rotate a token",
        """
        Gives a token a new text and shows it, this once. The text before works for `overlap_seconds` more.

        The token stays the same: idempotency keys, budgets and entries belong to it, so a call that was sent with the text before can be
        sent again with the new one. A rotation during an overlap ends the oldest text at once.

        A retry with the same `Idempotency-Key` rotates nothing, and cannot show the new text again: it returns 409.
        """)
    {
        Parameters =
        [
            ApiParameters.Path("id", "The token's id.", Schemas.Integer(least: 1), example: 1),
            ApiParameters.Site,
            ApiParameters.IdempotencyKey,
        ],
        Body = new(
            "Optional.",
            Schemas.Named(nameof(ApiTokenRotationRequest)),
            """
            {
                "overlap_seconds": 86400
            }
            """)
        {
            IsRequired = false,
        },
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The token, with its new text.",
                Schemas.Named(AccessSchemas.RotatedApiToken),
                """
                {
                    "id": 1,
                    "site": "default",
                    "name": "ERP",
                    "scopes": ["certificates:read"],
                    "created_at": "2026-01-31T12:00:00.123456Z",
                    "overlap_ends_at": "2026-06-02T12:00:00.123456Z",
                    "token": "scrip_default_this-is-an-example-and-opens-nothing"
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value that cannot be used; a parameter is unknown or repeated, or names a "
                + "site that is not there for this token; or a header is malformed. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/overlap_seconds", ErrorCodes.OutOfRange, "overlap_seconds must be between 0 and 604800.")),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no token with this id.", "There is no token 9.")
                .With(ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.Conflict,
                "The token is revoked or has expired. Or an earlier request with this Idempotency-Key rotated it. Nothing more was stored.",
                TokensApi.AlreadyRotated("1"))
                .With(ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.TooLarge,
                "The body is too long. Nothing was stored.",
                $"The body may have {TokensApi.MaxBodyBytes} bytes at most; nothing was stored."),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public static ApiOperation Revoke { get; } = new(
        "revokeApiToken",
        TagName,
        "Revoke a token",
        "Ends a token: when this is answered, no call with it gets in any more. To revoke it again changes nothing and answers the same.")
    {
        Parameters =
        [
            ApiParameters.Path("id", "The token's id.", Schemas.Integer(least: 1), example: 1),
            ApiParameters.Site,
            ApiParameters.IdempotencyKey,
        ],
        Answers =
        [
            new ApiAnswer(204, "The token is revoked.") { Headers = [ApiHeaders.IdempotentReplayed] },
            UnknownSite("Nothing was stored."),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no token with this id.", "There is no token 9.")
                .With(ApiHeaders.IdempotentReplayed),
            .. SharedAnswers.OfWrites,
        ],
    };

    private static ApiAnswer UnknownSite(string detail) => ApiAnswer.Refusal(
        ProblemType.InvalidRequest,
        "A parameter is unknown or repeated, or names a site that is not there for this token; or a header is malformed.",
        detail,
        new ProblemError("?site", ErrorCodes.UnknownValue, "There is no such site."));
}
