using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>
/// Describes PATCH, which the document does not have: it takes the members of PUT and requires none of them, so that a caller who changes
/// prices need not repeat codes.
/// </summary>
internal sealed class PatchOperations(ScripOptions options)
{
    public static ApiOperation PatchOne { get; } = new(
        "patchCertificate",
        CertificateOperations.TagName,
        "Change some members of one certificate",
        """
        Changes the members that the body names; the certificate keeps all others, its code included.

        `null` removes `starts_at`, `expires_at` or `note`. A body that changes nothing returns the certificate as it is and keeps its
        version. With `If-Match` the certificate is changed only if it is still at that version.
        """)
    {
        Parameters = [CertificateOperations.Id, ApiParameters.IdempotencyKey, CertificateOperations.IfMatch],
        Body = new(
            $"The members to change, in at most {CertificatesApi.MaxSingleBodyBytes} bytes.",
            Schemas.Named(nameof(CertificatePatchRequest)),
            """{ "value": 750 }""")
        {
            ContentTypes = ApiBody.JsonOrMergePatch,
        },
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificate as it is now.",
                Schemas.Named(nameof(CertificateResource)),
                """
                {
                    "id": 1,
                    "code": "CERT-001",
                    "is_active": true,
                    "value": 750
                }
                """,
                ApiHeaders.ETag, ApiHeaders.Revalidate, ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value out of its range; or a header is malformed. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/is_active", ErrorCodes.WrongType, "is_active must be true or false.")),
            .. CertificateOperations.RefusalsOfOne,
            .. SharedAnswers.OfPatches,
            .. SharedAnswers.OfWrites,
        ],
    };

    public ApiOperation BulkPatch => new(
        "patchCertificates",
        CertificateOperations.TagName,
        "Change some members of multiple certificates",
        """
        Changes several certificates in one call: all of them, or none.

        Each item has its `id` and the members to change; the certificate keeps all others. With `version` an item is changed only if its
        certificate is still at that version. A certificate whose item has no `code` keeps its code, so no other item can take it. The
        response has the certificates in the order of the items. An empty array is a valid call and returns `[]`.
        """)
    {
        Parameters = [ApiParameters.IdempotencyKey],
        Body = new(
            BulkOperations.Limits(options),
            Schemas.ArrayOf(Schemas.Named(CertificateSchemas.BulkPatch), options.MaxBulkItems),
            """
            [
                {
                    "id": 1,
                    "value": 800
                },
                {
                    "id": 2,
                    "value": 1200,
                    "version": 1
                }
            ]
            """)
        {
            ContentTypes = ApiBody.JsonOrMergePatch,
        },
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
                        "code": "CERT-001",
                        "is_active": true,
                        "value": 800
                    },
                    {
                        "id": 2,
                        "code": "CERT-002",
                        "is_active": false,
                        "value": 1200
                    }
                ]
                """,
                ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
            .. BulkOperations.RefusalsOfUpdates(options),
            .. SharedAnswers.OfPatches,
            .. SharedAnswers.OfWrites,
        ],
    };
}
