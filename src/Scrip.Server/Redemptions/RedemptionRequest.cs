using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Guessing;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Redemptions;

/// <summary>The body of a redemption. Either the code or the id names its certificate.</summary>
internal readonly record struct PaymentRequest(
    CertificateCode? Code,
    long? CertificateId,
    long? Amount,
    string Reference,
    bool Capture,
    DateTimeOffset? HoldExpiresAt,
    bool AllowPartial,
    string? Customer)
{
    public RedeemCertificate ToCommand(Origin origin) =>
        new(Code, CertificateId, Amount, Reference, Capture, HoldExpiresAt)
        {
            Origin = origin,
            AllowPartial = AllowPartial,
        };
}

/// <summary>Reads the bodies of the calls about payments (docs/api/redemptions.md).</summary>
internal static class RedemptionRequest
{
    public static PaymentRequest ReadRedeem(ReadOnlySpan<byte> utf8, Currency currency, RequestErrors errors)
    {
        var body = RequestObject.Read(
            utf8, errors, "code", "certificate_id", "amount", "reference", "capture", "hold_expires_at", "allow_partial", "customer");
        var code = body.Has("code") ? ReadCode(body) : (CertificateCode?)null;
        var certificateId = body.Id("certificate_id");
        if (!body.Has("code") && !body.Has("certificate_id"))
            body.Refuse("code", ErrorCodes.Required, "code or certificate_id is required.");
        if (body.Has("code") && body.Has("certificate_id"))
            body.Refuse("certificate_id", ErrorCodes.NotAllowed, "code and certificate_id both name the certificate; send only one.");
        var amount = body.Amount("amount", currency);
        var reference = body.Text("reference", Redemption.MaxReferenceLength);
        var capture = body.Boolean("capture", whenAbsent: true);
        var holdExpiresAt = body.Instant("hold_expires_at")?.ToMicrosecond();
        if (holdExpiresAt is not null && capture)
            body.Refuse("hold_expires_at", ErrorCodes.NotAllowed, "hold_expires_at is only allowed with capture: false.");
        var allowPartial = body.Boolean("allow_partial", whenAbsent: false);
        return new PaymentRequest(code, certificateId, amount, reference, capture, holdExpiresAt, allowPartial, ReadCustomer(body));
    }

    public static (CertificateCode Code, long? Amount, string? Customer) ReadCheck(
        ReadOnlySpan<byte> utf8, Currency currency, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "code", "amount", "customer");
        return (ReadCode(body), body.Amount("amount", currency), ReadCustomer(body));
    }

    public static (long? Amount, bool IsFinal) ReadCapture(ReadOnlySpan<byte> utf8, Currency currency, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "amount", "final");
        return (body.Amount("amount", currency), body.Boolean("final", whenAbsent: true));
    }

    public static (long? Amount, string? Reason) ReadRefund(ReadOnlySpan<byte> utf8, Currency currency, RequestErrors errors)
    {
        var body = RequestObject.Read(utf8, errors, "amount", "reason");
        return (body.Amount("amount", currency), body.OptionalText("reason", Redemption.MaxReasonLength));
    }

    public static DateTimeOffset ReadExtend(ReadOnlySpan<byte> utf8, RequestErrors errors)
    {
        const string member = "hold_expires_at";
        var body = RequestObject.Read(utf8, errors, member);
        if (!body.Has(member))
            body.Refuse(member, ErrorCodes.Required, "hold_expires_at is required.");
        else if (body.IsAbsentOrNull(member))
            body.Refuse(member, ErrorCodes.WrongType, "hold_expires_at must be a time like 2026-01-31T12:00:00Z.");
        return body.Instant(member)?.ToMicrosecond() ?? default;
    }

    /// <summary>Reads the customer, which only the guessing budgets use. It is part of neither the command nor its record.</summary>
    private static string? ReadCustomer(RequestObject body) => body.OptionalText("customer", CustomerKey.MaxLength);

    private static CertificateCode ReadCode(RequestObject body) =>
        CertificateCode.FromTyped(body.TypedText("code", CertificateCode.MaxCharacters));
}
