using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Redemptions;
using Scrip.Server.Requests;

namespace Scrip.Server.Entries;

/// <summary>The calls that tell what happened, described (docs/api/redemptions.md).</summary>
internal static class EntryOperations
{
    public const string Entry = "EntryResource";

    private const string TagName = "Entries";

    public static OpenApiTag Tag { get; } =
        new() { Name = TagName, Description = "What happened to certificates: added to, never changed." };

    public static Dictionary<string, IOpenApiSchema> Schema() => new()
    {
        [Entry] = Schemas.Object(
            "Something that happened to a certificate. With fields it has only the attributes named.",
            ("id?", Schemas.Integer("1, 2, 3 … in the site, in the order in which it was committed.", least: 1)),
            ("certificate_id?", Schemas.Integer("The certificate.", least: 1)),
            (
                "redemption_id?",
                new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Description = "null where it is about none." }),
            ("kind?", Schemas.OneOf(EntryJson.KindNames)),
            (
                "amount?",
                RedemptionSchemas.Money(
                    "What moved, negative where it goes away from the balance. A capture of what was held leaves the balance as it is.")),
            ("balance_after?", RedemptionSchemas.Money("The certificate's balance then.")),
            (
                "reference?",
                new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The redemption's reference." }),
            (
                "detail?",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object | JsonSchemaType.Null,
                    Description = "What changed, before and after; or the reason of a refund.",
                }),
            ("actor?", Schemas.Text("Who did it: token:<id>, operator (the admin token of the environment), developer, or clock.")),
            ("created_at?", Schemas.Time("When it took effect, in UTC. A hold that ran out ended at its own instant."))),
    };

    public static ApiOperation Timeline { get; } = new(
        "listCertificateEntries", TagName, "A certificate's timeline", "Returns what happened to a certificate, oldest first.")
    {
        Parameters =
        [
            ApiParameters.Path("id", "Unique identifier of the certificate.", Schemas.Integer(least: 1), example: 1),
            .. ApiParameters.OfLists("entries", EntryJson.Attributes.Known),
        ],
        Answers =
        [
            Success(TimelineExample),
            BadQuery("?kind", ErrorCodes.UnknownParameter, "Known are page, page_size, after, fields."),
            ApiAnswer.Refusal(ProblemType.NotFound, "The site has no certificate with this id.", "There is no certificate 9."),
            .. SharedAnswers.OfReads,
        ],
    };

    public static ApiOperation Journal { get; } = new(
        "listEntries",
        TagName,
        "The site's journal",
        """
        Returns what happened in the site, in the order in which it was committed. A program that keeps a copy asks for what comes `after`
        the last id it has: no entry ever comes before one that was there. After the last entry the list is empty; beyond it the answer is
        400 with the code `after_the_end`, because the database may have been restored from an older backup.
        """)
    {
        Parameters =
        [
            .. ApiParameters.OfLists("entries", EntryJson.Attributes.Known),
            ApiParameters.Query(
                "created_after", "Those that took effect later than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query(
                "created_before", "Those that took effect earlier than this: unix seconds or RFC 3339.", ApiParameters.Instant()),
            ApiParameters.Query("kind", "Those of this kind.", Schemas.OneOf(EntryJson.KindNames)),
            ApiParameters.Query("certificate_id", "Those of this certificate.", Schemas.Integer(least: 1)),
            ApiParameters.Query("reference", "Those of redemptions with exactly this reference.", Schemas.Text(minLength: 1)),
        ],
        Answers =
        [
            Success(JournalExample),
            BadQuery("?kind", ErrorCodes.UnknownValue, $"Known are {string.Join(", ", EntryJson.KindNames)}."),
            .. SharedAnswers.OfReads,
        ],
    };

    private const string TimelineExample =
        """
        [
            {
                "id": 1,
                "certificate_id": 1,
                "redemption_id": null,
                "kind": "issued",
                "amount": "500.00",
                "balance_after": "500.00",
                "reference": null,
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            },
            {
                "id": 3,
                "certificate_id": 1,
                "redemption_id": 1,
                "kind": "held",
                "amount": "-149.90",
                "balance_after": "350.10",
                "reference": "ORDER-1001",
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            },
            {
                "id": 4,
                "certificate_id": 1,
                "redemption_id": 1,
                "kind": "captured",
                "amount": "-149.90",
                "balance_after": "350.10",
                "reference": "ORDER-1001",
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            },
            {
                "id": 5,
                "certificate_id": 1,
                "redemption_id": 1,
                "kind": "refunded",
                "amount": "49.90",
                "balance_after": "400.00",
                "reference": "ORDER-1001",
                "detail": {
                    "reason": "One item came back"
                },
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            }
        ]
        """;

    private const string JournalExample =
        """
        [
            {
                "id": 1,
                "certificate_id": 1,
                "redemption_id": null,
                "kind": "issued",
                "amount": "500.00",
                "balance_after": "500.00",
                "reference": null,
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            },
            {
                "id": 2,
                "certificate_id": 2,
                "redemption_id": null,
                "kind": "issued",
                "amount": "1000.00",
                "balance_after": "1000.00",
                "reference": null,
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            },
            {
                "id": 3,
                "certificate_id": 1,
                "redemption_id": 1,
                "kind": "held",
                "amount": "-149.90",
                "balance_after": "350.10",
                "reference": "ORDER-1001",
                "detail": null,
                "actor": "operator",
                "created_at": "2026-01-31T12:00:00.123456Z"
            }
        ]
        """;

    private static ApiAnswer Success(string example) => ApiAnswer.Success(
        200, "The entries.", Schemas.ArrayOf(Schemas.Named(Entry)), example, ApiHeaders.TotalCount, ApiHeaders.Link, ApiHeaders.NoStore);

    private static ApiAnswer BadQuery(string pointer, string code, string detail) => ApiAnswer.Refusal(
        ProblemType.InvalidRequest,
        "A parameter is unknown, repeated, empty, out of its range, or does not go with another.",
        RequestErrors.OfQuery,
        new ProblemError(pointer, code, detail));
}
