using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Server.Lists;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Redemptions;
using Scrip.Server.Requests;

namespace Scrip.Server.Reports;

/// <summary>The accountant's call, described (docs/api/redemptions.md).</summary>
internal static class LiabilityOperations
{
    public const string Liability = "LiabilityResource";

    private const string Month = "LiabilityMonth";
    private const string TagName = "Reports";

    public static OpenApiTag Tag { get; } = new() { Name = TagName, Description = "For accountants." };

    public static Dictionary<string, IOpenApiSchema> Schema() => new()
    {
        [Month] = Schemas.Object(
            "The totals of the certificates that were issued in one month.",
            [("month", Schemas.Text("Where the site is.", pattern: "^[0-9]{4}-[0-9]{2}$")), .. Totals]),
        [Liability] = Schemas.Object(
            "What the shop owed for its certificates. Issued + adjusted - captured + refunded - forfeited = outstanding. With from, issued "
            + "to forfeited are the movements of the period, and opening_balance + issued + adjusted - captured + refunded - forfeited = "
            + "closing_balance.",
            [
                ("from?", Schemas.Time("In UTC. Only with from.")),
                ("as_of", Schemas.Time("In UTC.")),
                ("currency", Schemas.Text("ISO 4217.")),
                .. Totals,
                ("months", Schemas.ArrayOf(Schemas.Named(Month))),
            ]),
    };

    public static ApiOperation Report { get; } = new(
        "getLiability",
        TagName,
        "Liability at an instant",
        """
        Returns what the shop owed for its certificates at an instant, to the last digit, in total and by month of issue.

        With `from` it returns what moved in a period, which includes the instant `from` and excludes the instant `as_of`, with the balances
        before and after: October is `from=2026-10-01&as_of=2026-11-01`.
        """)
    {
        Parameters =
        [
            ApiParameters.Query(
                ReportPeriod.Parameter,
                "The first instant of a period: unix seconds, RFC 3339, or a date for the beginning of that day where the site is. Not in "
                + "the future.",
                InstantOrDate()),
            ApiParameters.Query(
                AsOf.Parameter,
                "Unix seconds, RFC 3339, or a date for the end of that day where the site is, which for today is now; now when left out. "
                + "Not in the future. With from, a date is the beginning of that day; one up to a year ahead, the end of the current "
                + "period, means now.",
                InstantOrDate()),
            ApiParameters.QueryList(
                AttributeNames.Parameter, "Only these attributes, in their own order; all of them when left out.",
                Schemas.OneOf(LiabilityJson.OfPeriod.Known)),
        ],
        Answers =
        [
            ApiAnswer.Success(
                200,
                "The totals.",
                Schemas.Named(Liability),
                """
                {
                    "as_of": "2026-01-31T12:00:00.123456Z",
                    "currency": "USD",
                    "certificates": 2,
                    "issued": "1500.00",
                    "adjusted": "0.00",
                    "captured": "149.90",
                    "refunded": "49.90",
                    "forfeited": "0.00",
                    "outstanding": "1400.00",
                    "held": "0.00",
                    "inactive": "1000.00",
                    "not_started": "0.00",
                    "expired": "0.00",
                    "months": [
                        {
                            "month": "2026-01",
                            "certificates": 2,
                            "issued": "1500.00",
                            "adjusted": "0.00",
                            "captured": "149.90",
                            "refunded": "49.90",
                            "forfeited": "0.00",
                            "outstanding": "1400.00",
                            "held": "0.00",
                            "inactive": "1000.00",
                            "not_started": "0.00",
                            "expired": "0.00"
                        }
                    ]
                }
                """,
                ApiHeaders.NoStore),
            ApiAnswer.Refusal(
                ProblemType.InvalidRequest,
                "as_of or from is not a time, or is in the future; or a parameter is unknown or repeated, or names an unknown attribute.",
                RequestErrors.OfQuery,
                new ProblemError("?as_of", ErrorCodes.OutOfRange, "as_of must not be in the future.")),
            .. SharedAnswers.OfReads,
        ],
    };

    private static OpenApiSchema InstantOrDate() => new()
    {
        AnyOf =
        [
            Schemas.Integer(least: 0, most: Instants.LastUnixSecond),
            Schemas.Time(),
            new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        ],
    };

    private static (string, IOpenApiSchema)[] Totals =>
    [
        ("certificates", Schemas.Integer("How many there were at the end.", least: 0)),
        ("opening_balance?", RedemptionSchemas.Money("Outstanding at the beginning of the period. Only with from.")),
        ("closing_balance?", RedemptionSchemas.Money("Outstanding at the end of the period, like outstanding. Only with from.")),
        ("issued", RedemptionSchemas.Money("Face values at the issue.")),
        ("adjusted", RedemptionSchemas.Money("Changes of face values since.")),
        ("captured", RedemptionSchemas.Money("Paid with them.")),
        ("refunded", RedemptionSchemas.Money("Given back to them.")),
        ("forfeited", RedemptionSchemas.Money("Left over from those for a single use.")),
        ("outstanding", RedemptionSchemas.Money("Not spent, holds included.")),
        ("held", RedemptionSchemas.Money("Of the outstanding, held for orders.")),
        ("inactive", RedemptionSchemas.Money("Of the outstanding, switched off.")),
        ("not_started", RedemptionSchemas.Money("Of the outstanding, not to be spent yet.")),
        ("expired", RedemptionSchemas.Money("Of the outstanding, not to be spent any more. It may be inactive too.")),
    ];
}
