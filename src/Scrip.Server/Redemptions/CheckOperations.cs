using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;

namespace Scrip.Server.Redemptions;

/// <summary>The call that looks a code up, described (docs/api/redemptions.md).</summary>
internal static class CheckOperations
{
    public static ApiOperation Check { get; } = new(
        "checkCertificate",
        RedemptionOperations.TagName,
        "Look a code up",
        "Answers whether a code could pay, without paying. A code is matched as in a redemption. Nothing is stored.")
    {
        Body = new(
            $"A code, in at most {RedemptionsApi.MaxBodyBytes} bytes.",
            Schemas.Named(RedemptionSchemas.CheckRequest),
            """
            {
                "code": "cert 001",
                "amount": "149.90"
            }
            """),
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificate.",
                Schemas.Named(RedemptionSchemas.Check),
                """
                {
                    "id": 1,
                    "code": "CERT-001",
                    "is_active": true,
                    "value": 500,
                    "balance": "500.00",
                    "currency": "USD",
                    "usable": true,
                    "reason": null,
                    "single_use": false,
                    "expires_at": null
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value out of its range.",
                Requests.RequestErrors.OfCheck,
                new ProblemError("/code", ErrorCodes.Required, "code is required.")),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no such certificate.", "There is no such certificate."),
            RedemptionOperations.TooLarge,
            SharedAnswers.Guessing,
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfReads,
        ],
    };
}
