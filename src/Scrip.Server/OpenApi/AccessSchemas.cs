using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Sites;
using Scrip.Server.Tokens;
using Scrip.Server.WhoAmI;

namespace Scrip.Server.OpenApi;

/// <summary>The shapes of tokens and sites on the wire.</summary>
internal static class AccessSchemas
{
    public const string CreatedApiToken = "CreatedApiTokenResource";
    public const string RotatedApiToken = "RotatedApiTokenResource";

    public static Dictionary<string, IOpenApiSchema> All() => new()
    {
        [nameof(ApiTokenRequest)] = Schemas.Object(
            "A token to make.",
            ("site", SiteName),
            ("name", TokenName),
            ("scopes", Scopes),
            ("expires_at?", new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Format = "date-time",
                Description = "When it stops working, in the future; never when null or left out.",
            })),
        [nameof(ApiTokenResource)] = Schemas.Object("A token, without its text.", [.. TokenMembers, OverlapEnd]),
        [CreatedApiToken] = Schemas.Object(
            "A new token, with its text.",
            [.. TokenMembers, TokenText]),
        [nameof(ApiTokenRotationRequest)] = Schemas.Object(
            "How a token is rotated.",
            (TokensApi.OverlapSeconds + "?", Schemas.Integer(
                "How long the text before works beside the new one.",
                least: 0,
                most: (long)RotateApiToken.LongestOverlap.TotalSeconds,
                whenAbsent: (long)RotateApiToken.DefaultOverlap.TotalSeconds))),
        [RotatedApiToken] = Schemas.Object("A rotated token, with its new text.", [.. TokenMembers, OverlapEnd, TokenText]),
        [WhoAmIOperations.Resource] = Schemas.Object(
            "The caller's own token and site.",
            ("name?", Schemas.Text("Of the token; operator for the admin token of the environment, developer for a caller without one.")),
            ("scopes?", Scopes),
            ("expires_at?", new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Format = "date-time",
                Description = "When the token stops working, in UTC; null for never.",
            }),
            ("site?", SiteName),
            ("currency?", Currency),
            ("time_zone?", TimeZone)),
        [nameof(SiteRequest)] = Schemas.Object("A site to open.", ("name", SiteName), ("currency", Currency), ("time_zone", TimeZone)),
        [nameof(SiteResource)] = Schemas.Object(
            "A site.",
            ("id", Schemas.Integer(least: 1)),
            ("name", SiteName),
            ("currency", Currency),
            ("time_zone", TimeZone),
            ("created_at", Schemas.Time("In UTC."))),
    };

    private static (string, IOpenApiSchema)[] TokenMembers =>
    [
        ("id", Schemas.Integer("Unique in its site.", least: 1)),
        ("site", SiteName),
        ("name", TokenName),
        ("scopes", Scopes),
        ("created_at", Schemas.Time("In UTC.")),
        ("expires_at?", Schemas.Time("When it stops working, in UTC; absent for never.")),
        ("revoked_at?", Schemas.Time("When it was revoked, in UTC; absent while it is not.")),
    ];

    private static (string, IOpenApiSchema) OverlapEnd => (
        "overlap_ends_at?",
        Schemas.Time("When the text before the last rotation stops working, in UTC; absent where only one text works."));

    private static (string, IOpenApiSchema) TokenText =>
        ("token", Schemas.Text("The text to call with. Only its hash is kept: it is shown here and never again."));

    private static OpenApiSchema SiteName =>
        Schemas.Text("A site: lower-case letters, digits and inner hyphens.", 1, Site.MaxNameLength, "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$");

    private static OpenApiSchema TokenName =>
        Schemas.Text("What it is for, in the administrator's words.", 1, ApiToken.MaxNameLength, Schemas.TrimmedText);

    private static OpenApiSchema Scopes => Schemas.ArrayOf(Schemas.OneOf(ScopeNames.Known), minItems: 1);

    private static OpenApiSchema Currency => Schemas.Text("ISO 4217.", pattern: "^[A-Z]{3}$");

    private static OpenApiSchema TimeZone => Schemas.Text("An IANA name.", 1, SitesApi.MaxTimeZoneLength);
}
