using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Redemptions;

/// <summary>
/// The calls that begin and read payments, described (docs/api/redemptions.md); what can follow is in
/// <see cref="RedemptionStepOperations"/>.
/// </summary>
internal static class RedemptionOperations
{
    public const string TagName = "Redemptions";

    public static OpenApiParameter Id(long example = 1) =>
        ApiParameters.Path("id", "The redemption's id.", Schemas.Integer(least: 1), example);

    public static OpenApiTag Tag { get; } = new() { Name = TagName, Description = "Payments with certificates." };

    public static ApiOperation Redeem { get; } = new(
        "redeemCertificate",
        TagName,
        "Pay with a certificate",
        """
        Spends an amount at once, or holds it until it is captured, released or runs out. Exactly once for each `Idempotency-Key`, and never
        more than there is.

        A code is matched exactly first; if nothing matches, by its folded form, provided that exactly one certificate has it: without case,
        white space, dashes and invisible characters, with Latin letters for look-alikes, 0 for O, and 1 for I and L.
        """)
    {
        Parameters = [ApiParameters.RequiredIdempotencyKey],
        Body = new(
            $"One payment, in at most {RedemptionsApi.MaxBodyBytes} bytes.",
            Schemas.Named(RedemptionSchemas.RedemptionRequest),
            """
            {
                "code": "CERT-001",
                "amount": "149.90",
                "reference": "ORDER-1001",
                "capture": false
            }
            """),
        Answers =
        [
            ApiAnswer.Success(
                201,
                "The redemption.",
                Schemas.Named(RedemptionSchemas.Redemption),
                """
                {
                    "id": 1,
                    "certificate_id": 1,
                    "code": "CERT-001",
                    "reference": "ORDER-1001",
                    "state": "held",
                    "amount": "149.90",
                    "captured": "0.00",
                    "refunded": "0.00",
                    "balance": "350.10",
                    "created_at": "2026-01-31T12:00:00.123456Z",
                    "hold_expires_at": "2026-02-07T12:00:00.123456Z"
                }
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value out of its range; or a header is missing, malformed or, as If-Match, "
                + "is only for updates of one certificate. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/amount", ErrorCodes.TooManyDigits, "amount must have at most 2 digits after the point, as USD has.")),
            ApiAnswer.Refusal(
                ProblemType.Forbidden,
                "The token has neither the scope redemptions:write nor admin; or the body has certificate_id, which needs "
                + "certificates:read as well.",
                "This call needs a token with the scope redemptions:write."),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no such certificate.", "There is no such certificate."),
            ApiAnswer.Refusal(
                ProblemType.InsufficientBalance,
                "The first of: duplicate-reference (with redemption_id), inactive, not-started, expired, spent, insufficient-balance (with "
                + "available). Nothing was stored.",
                "350.10 is available; nothing was stored.",
                available: "350.10").With(ApiHeaders.IdempotentReplayed),
            TooLarge,
            SharedAnswers.Guessing,
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public static ApiOperation List { get; } = new(
        "listRedemptions",
        TagName,
        "List redemptions",
        "Returns the site's redemptions in the order of `id`; all of them without `page`, `page_size` and `after`.")
    {
        Parameters =
        [
            .. ApiParameters.OfLists("redemptions", RedemptionJson.Attributes.Known),
            ApiParameters.Query("certificate_id", "Those of this certificate.", Schemas.Integer(least: 1)),
            ApiParameters.Query(
                "code",
                "Those of the certificate with exactly this code. A miss by a token without certificates:read counts as a guess.",
                Schemas.Text(minLength: 1)),
            ApiParameters.Query("reference", "Those with exactly this reference.", Schemas.Text(minLength: 1)),
            ApiParameters.Query("state", "Those in this state.", Schemas.OneOf(RedemptionJson.StateNames)),
            ApiParameters.Query("created_after", "Those made later than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query("created_before", "Those made earlier than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The redemptions.",
                Schemas.ArrayOf(Schemas.Named(RedemptionSchemas.Redemption)),
                """
                [
                    {
                        "id": 1,
                        "certificate_id": 1,
                        "code": "CERT-001",
                        "reference": "ORDER-1001",
                        "state": "captured",
                        "amount": "149.90",
                        "captured": "149.90",
                        "refunded": "49.90",
                        "balance": "400.00",
                        "created_at": "2026-01-31T12:00:00.123456Z",
                        "hold_expires_at": "2026-02-07T12:00:00.123456Z"
                    }
                ]
                """,
                ApiHeaders.TotalCount, ApiHeaders.Link, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown, repeated, empty, out of its range, or does not go with another.",
                RequestErrors.OfQuery,
                new ProblemError("?state", ErrorCodes.UnknownValue, "Known are held, captured, released, expired.")),
            SharedAnswers.Guessing,
            .. SharedAnswers.OfReads,
        ],
    };

    public static ApiOperation GetOne { get; } = new("getRedemption", TagName, "Get one redemption", "Returns a redemption as it is now.")
    {
        Parameters =
        [
            Id(),
            ApiParameters.QueryList(
                "fields", "Only these attributes, in their own order; all of them when left out.",
                Schemas.OneOf(RedemptionJson.Attributes.Known)),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The redemption.",
                Schemas.Named(RedemptionSchemas.Redemption),
                """
                {
                    "id": 1,
                    "certificate_id": 1,
                    "code": "CERT-001",
                    "reference": "ORDER-1001",
                    "state": "captured",
                    "amount": "149.90",
                    "captured": "149.90",
                    "refunded": "49.90",
                    "balance": "400.00",
                    "created_at": "2026-01-31T12:00:00.123456Z",
                    "hold_expires_at": "2026-02-07T12:00:00.123456Z"
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown or repeated, or fields names an attribute that there is not.",
                RequestErrors.OfQuery,
                new ProblemError("?fields", ErrorCodes.UnknownValue, RedemptionJson.Attributes.Unknown("price"))),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no redemption with this id.", "There is no such redemption."),
            .. SharedAnswers.OfReads,
        ],
    };

    public static ApiAnswer TooLarge => ApiAnswer.Refusal(
        ProblemType.TooLarge,
        "The body is too long. Nothing was stored.",
        $"The body may have {RedemptionsApi.MaxBodyBytes} bytes at most; nothing was stored.");
}
