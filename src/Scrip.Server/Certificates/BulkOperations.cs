using System.Globalization;
using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Certificates;

/// <summary>
/// The document's two bulk calls, described with its own words and examples (contract/payment-certificates.txt, sections 4 and 5). Their
/// limits are this server's.
/// </summary>
internal sealed class BulkOperations(ScripOptions options)
{
    public ApiOperation BulkCreate => new(
        "createCertificates",
        CertificateOperations.TagName,
        "Create multiple certificates",
        """
        Creates multiple certificates at the same time: all of them, or none.

        Ids are given in the order of the items. The answer has the certificates in that order too. An empty array is a valid call and
        returns `[]`.
        """)
    {
        Parameters = [ApiParameters.IdempotencyKey],
        Body = new(
            Limits(options),
            Schemas.ArrayOf(Schemas.Named(nameof(NewCertificateRequest)), options.MaxBulkItems),
            """
            [
                {
                    "code": "CERT-NEW-001",
                    "is_active": true,
                    "value": 1000
                },
                {
                    "code": "CERT-NEW-002",
                    "is_active": false,
                    "value": 1500
                }
            ]
            """),
        Answers =
        [
            ApiAnswer.Success(
                201,
                "The new certificates, in the order of the items.",
                Schemas.ArrayOf(Schemas.Named(nameof(CertificateResource)), options.MaxBulkItems),
                """
                [
                    {
                        "id": 3,
                        "code": "CERT-NEW-001",
                        "is_active": true,
                        "value": 1000
                    },
                    {
                        "id": 4,
                        "code": "CERT-NEW-002",
                        "is_active": false,
                        "value": 1500
                    }
                ]
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON or has another shape, an item has a value out of its range, two items have the same code, or a "
                + "header is malformed. Every failing item is named. Nothing was stored.",
                ItemCount.Describe(1, 2, "invalid"),
                new ProblemError("/1/value", ErrorCodes.OutOfRange, "value must be between 0 and 1000000000000.")),
            ApiAnswer.Refusal(
                ProblemType.Conflict,
                "Certificates of the site have codes of items. Every such item is named. Nothing was stored.",
                ItemCount.Describe(1, 2, "in conflict with what is stored"),
                new ProblemError("/0/code", ErrorCodes.CodeTaken, "Certificate 2 has this code.")).With(ApiHeaders.IdempotentReplayed),
            TooManyItems(options),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public ApiOperation BulkUpdate => new(
        "updateCertificates",
        CertificateOperations.TagName,
        "Updating multiple certificates",
        """
        Updates the data of several certificates simultaneously: all of them, or none.

        What an item leaves out keeps what is stored. Codes are compared as they will be after the call, so certificates can swap theirs.
        With `version` an item is changed only if its certificate is still at that version. The answer has the certificates in the order
        of the items. An empty array is a valid call and returns `[]`.
        """)
    {
        Parameters = [ApiParameters.IdempotencyKey],
        Body = new(
            Limits(options),
            Schemas.ArrayOf(Schemas.Named(CertificateSchemas.BulkChange), options.MaxBulkItems),
            """
            [
                {
                    "id": 1,
                    "code": "CERT-001-UPDATED",
                    "value": 800,
                    "is_active": true
                },
                {
                    "id": 2,
                    "code": "CERT-002-UPDATED",
                    "value": 1200,
                    "is_active": true
                }
            ]
            """),
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificates as they are now, in the order of the items.",
                Schemas.ArrayOf(Schemas.Named(nameof(CertificateResource)), options.MaxBulkItems),
                """
                [
                    {
                        "id": 1,
                        "code": "CERT-001-UPDATED",
                        "is_active": true,
                        "value": 800
                    },
                    {
                        "id": 2,
                        "code": "CERT-002-UPDATED",
                        "is_active": true,
                        "value": 1200
                    }
                ]
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            .. RefusalsOfUpdates(options),
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public static IReadOnlyList<ApiAnswer> RefusalsOfUpdates(ScripOptions options) =>
    [
        ApiAnswer.Refusal(
            ProblemType.InvalidRequest,
            "The body is not JSON or has another shape, an item has a value out of its range, two items have the same id or code, or a "
            + "header is malformed or, as If-Match, is only for an update of one. Every failing item is named. Nothing was stored.",
            ItemCount.Describe(1, 2, "invalid"),
            new ProblemError("/1/id", ErrorCodes.Required, "id is required.")),
        ApiAnswer.Refusal(
            ProblemType.NotFound,
            "The site has no certificates with ids of items. Every such item is named. Nothing was stored.",
            ItemCount.Describe(1, 2, "not there"),
            new ProblemError("/1/id", ErrorCodes.NotFound, "There is no certificate 9.")).With(ApiHeaders.IdempotentReplayed),
        ApiAnswer.Refusal(
            ProblemType.PreconditionFailed,
            "Certificates are at other versions than the items say. Every such item is named. Nothing was stored.",
            ItemCount.Describe(1, 2, "at another version"),
            new ProblemError("/1/version", ErrorCodes.VersionMismatch, "It is at version 2 now.")).With(ApiHeaders.IdempotentReplayed),
        ApiAnswer.Refusal(
            ProblemType.Conflict,
            "Other certificates of the site have codes of items, or a face value would be less than what is spent and held. "
            + "Every such item is named, and every one with another version. Nothing was stored.",
            ItemCount.Describe(1, 2, "in conflict with what is stored"),
            new ProblemError("/0/code", ErrorCodes.CodeTaken, "Certificate 3 has this code.")).With(ApiHeaders.IdempotentReplayed),
        TooManyItems(options),
    ];

    public static string Limits(ScripOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $"At most {options.MaxBulkItems} items in {options.MaxBulkBytes} bytes.");

    public static ApiAnswer TooManyItems(ScripOptions options) => ApiAnswer.Refusal(
        ProblemType.TooLarge,
        "The body has too many items, or is too long. Nothing was stored.",
        string.Create(CultureInfo.InvariantCulture, $"A call may have {options.MaxBulkItems} items at most; nothing was stored."));
}
