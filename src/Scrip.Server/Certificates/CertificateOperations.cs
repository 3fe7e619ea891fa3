using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Ledger.Certificates;
using Scrip.Server.Lists;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Requests;

namespace Scrip.Server.Certificates;

/// <summary>
/// The document's calls for all certificates and for one, described with its own words and examples (contract/payment-certificates.txt,
/// sections 1 to 3). The other two are <see cref="BulkOperations"/>.
/// </summary>
internal static class CertificateOperations
{
    public const string TagName = "Payment certificates";

    public static OpenApiParameter Id { get; } =
        ApiParameters.Path("id", "Unique identifier of the certificate.", Schemas.Integer(least: 1), example: 1);

    public static OpenApiParameter IfMatch { get; } = ApiParameters.Header(
        "If-Match",
        "The ETag that the certificate must have, several of them, or *. Otherwise the answer is 412.",
        Schemas.Text());

    private static readonly OpenApiParameter Fields = ApiParameters.QueryList(
        AttributeNames.Parameter,
        "Only these attributes, in the certificate's own order; id, code, is_active and value when left out.",
        Schemas.OneOf(CertificateFieldNames.Known));

    public static OpenApiTag Tag { get; } = new() { Name = TagName, Description = "Certificates for payment." };

    public static ApiOperation List { get; } = new(
        "listCertificates",
        TagName,
        "Obtaining all certificates",
        """
        Returns a list of all site payment certificates, in the order of `id`.

        Without `page`, `page_size` and `after` it is the whole list, however long. `page` and `page_size` cut it into numbered pages;
        `after` walks it at the same cost on every page. Filters are combined with and. An unknown parameter is an error: a mistyped filter
        must not hand out the whole list.

        A list that fails half-way ends with a broken connection, never as a shorter list. `Accept-Encoding: br` and `gzip` are honoured.
        """)
    {
        Parameters =
        [
            ApiParameters.Query(
                "page",
                $"The number of a page, from 1. A page has {PageRequest.DefaultPageSize} certificates when page_size is left out. "
                + "One past the end is [].",
                Schemas.Integer(least: 1, most: PageRequest.MaxPage)),
            ApiParameters.Query(
                "page_size",
                $"Certificates on a page. Alone it means page 1; page or after alone mean {PageRequest.DefaultPageSize}.",
                Schemas.Integer(least: 1, most: PageRequest.MaxPageSize)),
            ApiParameters.Query(
                "after",
                "Certificates whose id is greater, in the order of id: 0 for the first page, then as Link says. "
                + "Not together with page or another ordering.",
                Schemas.Integer(least: 0, most: long.MaxValue)),
            Fields,
            ApiParameters.Query("ordering", "The order, with - for descending; ties by id.", Ordering()),
            ApiParameters.Query(
                "code", "The certificate with exactly this code.", Schemas.Text(minLength: 1, maxLength: CertificateCode.MaxCharacters)),
            ApiParameters.Query("is_active", "Certificates with this activity status.", Schemas.Flag()),
            ApiParameters.Query("value_min", "Certificates with this face value or more.", Value()),
            ApiParameters.Query("value_max", "Certificates with this face value or less.", Value()),
            ApiParameters.Query(
                "created_after", "Certificates created later than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query(
                "created_before", "Certificates created earlier than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query(
                "updated_after", "Certificates changed later than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query(
                "search",
                "Certificates with this in their code; the folded forms are compared, as of a code that is typed to pay.",
                Schemas.Text(minLength: 1, maxLength: CertificateCode.MaxCharacters)),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificates.",
                Schemas.ArrayOf(CertificateSchemas.AsSelected),
                """
                [
                    {
                        "id": 1,
                        "code": "CERT-001",
                        "is_active": true,
                        "value": 500
                    },
                    {
                        "id": 2,
                        "code": "CERT-002",
                        "is_active": false,
                        "value": 1000
                    }
                ]
                """,
                ApiHeaders.TotalCount, ApiHeaders.Link, ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown, repeated, empty, out of its range, or does not go with another.",
                RequestErrors.OfQuery,
                new ProblemError("?page_size", ErrorCodes.OutOfRange, "page_size must be an integer between 1 and 5000.")),
            .. SharedAnswers.OfReads,
        ],
    };

    public static ApiOperation GetOne { get; } = new(
        "getCertificate",
        TagName,
        "Obtaining one certificate",
        "Returns data for a single certificate by its identifier.")
    {
        Parameters =
        [
            Id,
            Fields,
            ApiParameters.Header(
                "If-None-Match",
                "ETags that the caller has, or *. Where the certificate's is among them the answer is 304.",
                Schemas.Text()),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificate.",
                CertificateSchemas.AsSelected,
                """
                {
                    "id": 1,
                    "code": "CERT-001",
                    "is_active": true,
                    "value": 500
                }
                """,
                ApiHeaders.ETag, ApiHeaders.Revalidate),
            new ApiAnswer(304, "The certificate has not changed; If-None-Match names its version.")
                .With(ApiHeaders.ETag, ApiHeaders.Revalidate),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "A parameter is unknown or repeated, or fields names an attribute that there is not.",
                RequestErrors.OfQuery,
                new ProblemError("?fields", ErrorCodes.UnknownValue, CertificateFieldNames.Unknown("price"))),
            NoSuchCertificate(),
            .. SharedAnswers.OfReads,
        ],
    };

    public static ApiOperation UpdateOne { get; } = new(
        "updateCertificate",
        TagName,
        "Single certificate renewal",
        """
        Updates the data of a single certificate by its identifier.

        What the body leaves out keeps what is stored. An update that changes nothing keeps the version and writes nothing. With `If-Match`
        the update happens only if the certificate is still at that version.
        """)
    {
        Parameters =
        [
            Id,
            ApiParameters.IdempotencyKey,
            IfMatch,
        ],
        Body = new(
            $"One certificate, in at most {CertificatesApi.MaxSingleBodyBytes} bytes.",
            Schemas.Named(nameof(CertificateChangeRequest)),
            """
            {
                "code": "CERT-001-UPDATED",
                "is_active": false,
                "value": 750
            }
            """),
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The certificate as it is now.",
                Schemas.Named(nameof(CertificateResource)),
                """
                {
                    "id": 1,
                    "code": "CERT-001-UPDATED",
                    "is_active": false,
                    "value": 750
                }
                """,
                ApiHeaders.ETag, ApiHeaders.Revalidate, ApiHeaders.IdempotentReplayed),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "The body is not JSON, has another shape, or a value out of its range; or a header is malformed. Nothing was stored.",
                "Nothing was stored.",
                new ProblemError("/is_active", ErrorCodes.WrongType, "is_active must be true or false."),
                new ProblemError("/code", ErrorCodes.Required, "code is required.")),
            .. RefusalsOfOne,
            .. SharedAnswers.OfBodies,
            .. SharedAnswers.OfWrites,
        ],
    };

    public static IReadOnlyList<ApiAnswer> RefusalsOfOne =>
    [
        NoSuchCertificate().With(ApiHeaders.IdempotentReplayed),
        ApiAnswer.Refusal(
            ProblemType.Conflict,
            "Another certificate of the site has the code, or the face value would be less than what is spent and held. "
            + "Nothing was stored.",
            ItemCount.Describe(1, 1, "in conflict with what is stored"),
            new ProblemError("/code", ErrorCodes.CodeTaken, "Certificate 2 has this code.")).With(ApiHeaders.IdempotentReplayed),
        ApiAnswer.Refusal(
            ProblemType.PreconditionFailed,
            "The certificate is not at a version that If-Match names. Nothing was stored.",
            "It is at version 2 now; nothing was stored.").With(ApiHeaders.IdempotentReplayed),
        ApiAnswer.Refusal(
            ProblemType.TooLarge,
            "The body is too long. Nothing was stored.",
            $"The body may have {CertificatesApi.MaxSingleBodyBytes} bytes at most; nothing was stored."),
    ];

    private static OpenApiSchema Ordering()
    {
        var ordering = Schemas.OneOf(ListRequest.KnownOrders);
        ordering.Default = "id";
        return ordering;
    }

    private static OpenApiSchema Value() => Schemas.Integer(least: 0, most: FaceValue.MaxUnits);

    private static ApiAnswer NoSuchCertificate() =>
        ApiAnswer.Refusal(ProblemType.NotFound, "The site has no certificate with this id.", "There is no certificate 9.");
}
