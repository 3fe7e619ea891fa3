using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Redemptions;
using Scrip.Server.Requests;

namespace Scrip.Server.Certificates;

/// <summary>The calls that write balances off, described (docs/api/redemptions.md, "Writing off"). The limits are this server's.</summary>
internal sealed class WriteOffOperations(ScripOptions options)
{
    public static ApiOperation One { get; } = new(
        "writeOffCertificate",
        CertificateOperations.TagName,
        "Write a balance off",
        """
        Takes the balance, or a part of it, off a certificate and books it as `forfeited`. It works whether or not the certificate is
        active, has started or has expired, and never touches what is held. The face value stays. A refund still goes back to the
        certificate.
        """)
    {
        Parameters = [CertificateOperations.Id, ApiParameters.RequiredIdempotencyKey],
        Body = new(
            $"In at most {RedemptionsApi.MaxBodyBytes} bytes; there need be no body.",
            Schemas.Named(CertificateSchemas.WriteOffRequest),
            """
            {
                "amount": "0.10",
                "reason": "The last cents"
            }
            """)
        {
            IsRequired = false,
        },
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificate as it is now, with its balance.",
                Schemas.Named(CertificateSchemas.WrittenOff),
                """
                {
                    "id": 1,
                    "code": "CERT-001",
                    "is_active": true,
                    "value": 500,
                    "balance": "399.90"
                }
                """,
                ApiHeaders.ETag, ApiHeaders.IdempotentReplayed, ApiHeaders.Revalidate),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value out of its range; or a header is missing, malformed or, as If-Match, "
                + "is only for updates of one certificate. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/total", ErrorCodes.UnknownMember, "Known are amount, reason.")),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no certificate with this id.", "There is no certificate 9."),
            ApiAnswer.Refusal(
                ProblemType.InsufficientBalance,
                "spent, where the balance is 0; or insufficient-balance, with what is available. Nothing was stored.",
                "350.10 is available; nothing was stored.",
                available: "350.10").With(ApiHeaders.IdempotentReplayed),
            RedemptionOperations.TooLarge,
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public ApiOperation Many => new(
        "writeOffCertificates",
        CertificateOperations.TagName,
        "Write many balances off",
        """
        Takes the whole balances off several certificates, as `write-off` does: off all of them, or off none. The answer has the
        certificates in the order of the items. An empty array is a valid call and returns `[]`.
        """)
    {
        Parameters = [ApiParameters.RequiredIdempotencyKey],
        Body = new(
            BulkOperations.Limits(options),
            Schemas.ArrayOf(Schemas.Named(CertificateSchemas.BulkWriteOff), options.MaxBulkItems),
            """
            [
                {
                    "id": 1,
                    "reason": "Expired in 2025"
                }
            ]
            """),
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificates as they are now, with their balances, in the order of the items.",
                Schemas.ArrayOf(Schemas.Named(CertificateSchemas.WrittenOff), options.MaxBulkItems),
                """
                [
                    {
                        "id": 1,
                        "code": "CERT-001",
                        "is_active": true,
                        "value": 500,
                        "balance": "0.00"
                    }
                ]
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON or has another shape, an item has a value out of its range, two items have the same id, or a header "
                + "is missing or malformed. Every failing item is named. Nothing was stored.",
                ItemCount.Describe(1, 2, "invalid"),
                new ProblemError("/1/id", ErrorCodes.Required, "id is required.")),
            ApiAnswer.Refusal(
                ProblemType.NotFound,
                "The site has no certificates with ids of items. Every such item is named. Nothing was stored.",
                ItemCount.Describe(1, 2, "not there"),
                new ProblemError("/1/id", ErrorCodes.NotFound, "There is no certificate 9.")),
            ApiAnswer.Refusal(
                ProblemType.Spent,
                "Certificates of items have nothing left. Every such item is named. Nothing was stored.",
                ItemCount.Describe(1, 2, "spent"),
                new ProblemError("/1/id", ErrorCodes.Spent, "Nothing of certificate 3 is left.")).With(ApiHeaders.IdempotentReplayed),
            BulkOperations.TooManyItems(options),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };
}
