using Microsoft.OpenApi;
using Scrip.Ledger.Certificates;
using Scrip.Server.Certificates;
using Scrip.Server.OpenApi;

namespace Scrip.Server.Redemptions;

/// <summary>The shapes of payments on the wire.</summary>
internal static class RedemptionSchemas
{
    public const string Redemption = "RedemptionResource";
    public const string RedemptionRequest = "RedemptionRequest";
    public const string CaptureRequest = "CaptureRequest";
    public const string ReleaseRequest = "ReleaseRequest";
    public const string RefundRequest = "RefundRequest";
    public const string ExtendRequest = "ExtendRequest";
    public const string CheckRequest = "CheckRequest";
    public const string Check = "CheckResource";

    public static Dictionary<string, IOpenApiSchema> All() => new()
    {
        [Redemption] = Schemas.Object(
            "A payment with a certificate. With fields it has only the attributes named.",
            ("id?", Schemas.Integer("1, 2, 3 … in the site.", least: 1)),
            ("certificate_id?", CertificateSchemas.Id),
            ("code?", Schemas.Text("The certificate's code. " + CodeVisibility)),
            ("reference?", Reference),
            ("state?", Schemas.OneOf(RedemptionJson.StateNames)),
            ("amount?", Money("What was taken at first: spent at once, or held.")),
            ("captured?", Money("What is spent.")),
            ("refunded?", Money("What of it went back to the certificate.")),
            ("balance?", Money("The certificate's after the last operation on this redemption.")),
            ("created_at?", Schemas.Time("In UTC.")),
            ("hold_expires_at?", OptionalTime("When the hold ends by itself, in UTC; null where there was none."))),
        [RedemptionRequest] = Schemas.Object(
            "A payment to make. One of code and certificate_id says with which certificate.",
            ("code?", Code),
            ("certificate_id?", Schemas.Integer("The certificate's id. Needs the scope certificates:read as well.", least: 1)),
            ("amount?", GivenAmount("Everything there is when left out.")),
            ("reference", Reference),
            ("capture?", Schemas.Flag("false to hold the amount, true to spend it at once.", whenAbsent: true)),
            (
                "hold_expires_at?",
                OptionalTime("Only with capture: false. In the future, at most 31 days from now; 7 days when left out.")),
            (
                "allow_partial?",
                Schemas.Flag(
                    "Where the balance is less than amount, take the balance; the answer's amount says what was taken.",
                    whenAbsent: false)),
            ("customer?", Customer)),
        [CaptureRequest] = Schemas.Object(
            "How much of a hold to spend.",
            ("amount?", GivenAmount("All that is held when left out.")),
            ("final?", Schemas.Flag("What is not captured is released; false to keep it held.", whenAbsent: true))),
        [ReleaseRequest] = Schemas.Object("Nothing."),
        [RefundRequest] = Schemas.Object(
            "How much to give back.",
            ("amount?", GivenAmount("All that is captured and not yet refunded when left out.")),
            ("reason?", Reason)),
        [ExtendRequest] = Schemas.Object(
            "When a hold is to end.", ("hold_expires_at", Schemas.Time("In the future, at most 31 days from now."))),
        [CheckRequest] = Schemas.Object(
            "A code to look up.", ("code", Code), ("amount?", GivenAmount("What is to be paid.")), ("customer?", Customer)),
        [Check] = Schemas.Object(
            "A certificate as a checkout sees it.",
            ("id", CertificateSchemas.Id),
            ("code", Schemas.Text("As it is stored.")),
            ("is_active", Schemas.Flag()),
            ("value", CertificateSchemas.Value),
            ("balance", Money("What can be spent: face value less spent and held.")),
            ("currency", Schemas.Text("ISO 4217.")),
            ("usable", Schemas.Flag("Whether it could pay, the amount if one was given.")),
            (
                "reason",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "Why not, the first of: inactive, not_started, expired, spent, insufficient. null when it is usable.",
                }),
            ("single_use", Schemas.Flag("A capture spends it wholly: what is left is forfeited.")),
            ("expires_at", OptionalTime("The first instant at which it can be spent no more, in UTC; null for never."))),
    };

    private static string CodeVisibility =>
        "A token without certificates:read sees only its last four characters (…0001), except in the response to a redemption that it "
        + "made by code.";

    public static OpenApiSchema Money(string description) =>
        Schemas.Text($"{description} A decimal string with the digits of the currency.", pattern: @"^-?\d+(\.\d{2,3})?$");

    public static OpenApiSchema Reason => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        MinLength = 1,
        MaxLength = Ledger.Redemptions.Redemption.MaxReasonLength,
        Description = "For people, in the journal.",
    };

    public static OpenApiSchema GivenAmount(string description) => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Number,
        Description = $"{description} More than 0, with at most the digits of the currency; a number is taken exactly as it is written.",
    };

    private static OpenApiSchema Code => Schemas.Text(
        "The certificate's code: exactly, or else by its folded form if just one has it.",
        minLength: 1,
        CertificateCode.MaxCharacters);

    private static OpenApiSchema Reference => Schemas.Text(
        "The shop's own name for what is paid, such as its order number.",
        minLength: 1,
        Ledger.Redemptions.Redemption.MaxReferenceLength,
        Schemas.TrimmedText);

    private static OpenApiSchema Customer => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        MinLength = 1,
        MaxLength = CustomerKey.MaxLength,
        Description = "The shop's own id of the visitor, session or address that typed the code. Its misses draw on a guessing budget of "
            + "its own. It is never stored.",
    };

    private static OpenApiSchema OptionalTime(string description) =>
        new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "date-time", Description = description };
}
