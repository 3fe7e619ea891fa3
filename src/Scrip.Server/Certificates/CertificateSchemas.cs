using Microsoft.OpenApi;
using Scrip.Client;
using Scrip.Ledger.Certificates;
using Scrip.Server.OpenApi;
using Scrip.Server.Redemptions;

namespace Scrip.Server.Certificates;

/// <summary>The shapes of certificates on the wire, as the readers and writers beside this file have them.</summary>
internal static class CertificateSchemas
{
    public const string Selection = "CertificateSelection";
    public const string BulkPatch = "CertificateBulkPatchRequest";
    public const string BulkChange = "CertificateBulkChangeRequest";
    public const string WriteOffRequest = "WriteOffRequest";
    public const string BulkWriteOff = "BulkWriteOffRequest";
    public const string WrittenOff = "WrittenOffCertificate";

    public static OpenApiSchema Id =>
        Schemas.Integer("Unique identifier of the certificate in its site: 1, 2, 3 … in the order of creation.", least: 1);

    public static OpenApiSchema Value =>
        Schemas.Integer("Face value of the certificate, in whole units of the site's currency.", 0, FaceValue.MaxUnits);

    /// <summary>A certificate with the four members of the document, or with those that <c>fields</c> names.</summary>
    public static IOpenApiSchema AsSelected =>
        new OpenApiSchema { AnyOf = [Schemas.Named(nameof(CertificateResource)), Schemas.Named(Selection)] };

    public static Dictionary<string, IOpenApiSchema> All() => new()
    {
        [nameof(CertificateResource)] = Schemas.Object(
            "A certificate.",
            ("id", Id),
            ("code", Code),
            ("is_active", Schemas.Flag("Certificate activity status.")),
            ("value", Value)),
        [Selection] = Schemas.Object(
            "A certificate with the attributes that fields names, in this order.",
            ("id?", Id),
            ("code?", Code),
            ("is_active?", Schemas.Flag("Certificate activity status.")),
            ("value?", Value),
            ("balance?", Amount("What can still be spent: the face value less spent and held.")),
            ("spent?", Amount("What has been paid with it.")),
            ("held?", Amount("What is set aside for orders under way.")),
            ("currency?", Schemas.Text("The site's currency (ISO 4217).", pattern: "^[A-Z]{3}$")),
            ("starts_at?", Instant("The first instant at which it can be spent, in UTC; null for any.")),
            ("expires_at?", Instant("The first instant at which it can be spent no more, in UTC; null for never.")),
            ("single_use?", Schemas.Flag("A capture spends it wholly: what is left is forfeited.")),
            ("note?", Note),
            ("created_at?", Schemas.Time("When it was created, in UTC.")),
            ("updated_at?", Schemas.Time("When it was last changed, in UTC.")),
            (
                "version?",
                Schemas.Integer("How often it was written: 1 when new, one more with each change. The ETag in quotes.", least: 1))),
        [nameof(NewCertificateRequest)] = Schemas.Object(
            "A certificate to create. The server gives the id.",
            [
                ("code", Code),
                ("is_active?", Schemas.Flag("Certificate activity status.", whenAbsent: true)),
                (
                    "value?",
                    Schemas.Integer(
                        "Face value of the certificate, in whole units of the site's currency.", 0, FaceValue.MaxUnits, whenAbsent: 0)),
                .. Terms,
            ]),
        [nameof(CertificateChangeRequest)] = Schemas.Object(
            "What a certificate is to become. What is left out keeps what is stored.",
            [
                ("id?", Schemas.Integer("The id of the path, or left out.", least: 1)),
                ("code", Code),
                ("is_active?", Schemas.Flag("Certificate activity status.")),
                ("value?", Value),
                .. Terms,
            ]),
        [BulkChange] = Schemas.Object(
            "What one of several certificates is to become. What is left out keeps what is stored.",
            [
                ("id", Id),
                ("code", Code),
                ("is_active?", Schemas.Flag("Certificate activity status.")),
                ("value?", Value),
                .. Terms,
                ("version?", ExpectedVersion),
            ]),
        [nameof(CertificatePatchRequest)] = Schemas.Object(
            "The members of a certificate to change.",
            [
                ("id?", Schemas.Integer("The id of the path, or left out.", least: 1)),
                ("code?", Code),
                ("is_active?", Schemas.Flag("Certificate activity status.")),
                ("value?", Value),
                .. Terms,
            ]),
        [BulkPatch] = Schemas.Object(
            "The members of one of several certificates to change.",
            [
                ("id", Id),
                ("code?", Code),
                ("is_active?", Schemas.Flag("Certificate activity status.")),
                ("value?", Value),
                .. Terms,
                ("version?", ExpectedVersion),
            ]),
        [WriteOffRequest] = Schemas.Object(
            "How much to write off.",
            ("amount?", RedemptionSchemas.GivenAmount("The whole balance when left out.")),
            ("reason?", RedemptionSchemas.Reason)),
        [BulkWriteOff] = Schemas.Object("A certificate whose balance to write off.", ("id", Id), ("reason?", RedemptionSchemas.Reason)),
        [WrittenOff] = Schemas.Object(
            "A certificate after a write-off.",
            ("id", Id),
            ("code", Code),
            ("is_active", Schemas.Flag("Certificate activity status.")),
            ("value", Value),
            ("balance", Amount("What can still be spent: the face value less spent and held."))),
    };

    private static OpenApiSchema ExpectedVersion =>
        Schemas.Integer("The version that the certificate must have: its attribute version. Otherwise nothing is stored.", least: 1);

    private static OpenApiSchema Code => Schemas.Text(
        "Unique certificate code in its site, compared exactly. No control or invisible characters; no white space at either end.",
        minLength: 1,
        CertificateCode.MaxCharacters,
        Schemas.TrimmedText);

    /// <summary>When and how a certificate may be spent, as a write has it.</summary>
    private static (string, IOpenApiSchema)[] Terms =>
    [
        ("starts_at?", Instant("When it can be spent first: a time, or a date for the beginning of that day where the site is.")),
        ("expires_at?", Instant("When it can be spent no more: a time, or a date for the end of that day where the site is.")),
        ("single_use?", Schemas.Flag("A capture spends it wholly: what is left is forfeited.")),
        ("note?", Note),
    ];

    private static OpenApiSchema Note => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        MaxLength = CertificateTerms.MaxNoteLength,
        Description = "For people.",
    };

    private static OpenApiSchema Instant(string description) =>
        new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    private static OpenApiSchema Amount(string description) =>
        Schemas.Text($"{description} A decimal string with the digits of the currency.", pattern: @"^\d+(\.\d{2,3})?$");
}
