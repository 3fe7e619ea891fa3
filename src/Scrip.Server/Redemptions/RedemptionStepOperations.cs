using Scrip.Client;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;

namespace Scrip.Server.Redemptions;

/// <summary>What can be done with a payment that was begun, described (docs/api/redemptions.md).</summary>
internal static class RedemptionStepOperations
{
    public static ApiOperation Capture { get; } = Step(
        "captureRedemption",
        "Capture a hold",
        """
        Spends what was held, wholly or in part. What is not captured is released, or stays held with `final: false` for a later capture.
        That the certificate has expired or was switched off meanwhile does not matter.
        """,
        RedemptionSchemas.CaptureRequest,
        """
        {
            "amount": "149.90"
        }
        """,
        """
        {
            "id": 1,
            "certificate_id": 1,
            "code": "CERT-001",
            "reference": "ORDER-1001",
            "state": "captured",
            "amount": "149.90",
            "captured": "149.90",
            "refunded": "0.00",
            "balance": "350.10",
            "created_at": "2026-01-31T12:00:00.123456Z",
            "hold_expires_at": "2026-02-07T12:00:00.123456Z"
        }
        """,
        ApiAnswer.Refusal(
            ProblemType.InsufficientBalance,
            "hold-ended, where nothing is held any more; or insufficient-balance, with what is available of the hold. Nothing was stored.",
            "149.90 is available; nothing was stored.",
            available: "149.90"));

    public static ApiOperation Release { get; } = Step(
        "releaseRedemption",
        "Release a hold",
        "Gives back to the certificate all that is still held. What was captured before stays captured, and can be refunded.",
        RedemptionSchemas.ReleaseRequest,
        "{}",
        """
        {
            "id": 2,
            "certificate_id": 1,
            "code": "CERT-001",
            "reference": "ORDER-1002",
            "state": "released",
            "amount": "100.00",
            "captured": "0.00",
            "refunded": "0.00",
            "balance": "400.00",
            "created_at": "2026-01-31T12:00:00.123456Z",
            "hold_expires_at": "2026-02-07T12:00:00.123456Z"
        }
        """,
        ApiAnswer.Refusal(
            ProblemType.HoldEnded,
            "Nothing is held any more. Nothing was stored.",
            "The redemption is captured; nothing was stored."),
        exampleId: 2);

    public static ApiOperation Refund { get; } = Step(
        "refundRedemption",
        "Refund to the certificate",
        """
        Gives captured money back to the certificate, whether or not that is active or has expired; it does not extend it. Never more than
        was captured, in however many parts.
        """,
        RedemptionSchemas.RefundRequest,
        """
        {
            "amount": "49.90",
            "reason": "One item came back"
        }
        """,
        """
        {
            "id": 1,
            "certificate_id": 1,
            "code": "CERT-001",
            "reference": "ORDER-1001",
            "state": "captured",
            "amount": "149.90",
            "captured": "149.90",
            "refunded": "49.90",
            "balance": "400.00",
            "created_at": "2026-01-31T12:00:00.123456Z",
            "hold_expires_at": "2026-02-07T12:00:00.123456Z"
        }
        """,
        ApiAnswer.Refusal(
            ProblemType.InsufficientBalance,
            "It is more than was captured and not yet refunded. Nothing was stored.",
            "149.90 is available; nothing was stored.",
            available: "149.90"));

    public static ApiOperation Extend { get; } = Step(
        "extendRedemption",
        "Move a hold's end",
        "Moves the end of a hold, earlier or later. A hold that has ended, also by running out, stays ended.",
        RedemptionSchemas.ExtendRequest,
        """
        {
            "hold_expires_at": "2026-02-14T12:00:00Z"
        }
        """,
        """
        {
            "id": 2,
            "certificate_id": 1,
            "code": "CERT-001",
            "reference": "ORDER-1002",
            "state": "held",
            "amount": "100.00",
            "captured": "0.00",
            "refunded": "0.00",
            "balance": "300.00",
            "created_at": "2026-01-31T12:00:00.123456Z",
            "hold_expires_at": "2026-02-14T12:00:00Z"
        }
        """,
        ApiAnswer.Refusal(
            ProblemType.HoldEnded,
            "Nothing is held any more. Nothing was stored.",
            "The redemption is captured; nothing was stored."),
        exampleId: 2,
        isBodyRequired: true);

    private static ApiOperation Step(
        string id,
        string summary,
        string description,
        string request,
        string requestExample,
        string answerExample,
        ApiAnswer refusal,
        long exampleId = 1,
        bool isBodyRequired = false) =>
        new(id, RedemptionOperations.TagName, summary, description)
        {
            Parameters = [RedemptionOperations.Id(exampleId), ApiParameters.RequiredIdempotencyKey],
            Body = new(
                isBodyRequired
                    ? $"In at most {RedemptionsApi.MaxBodyBytes} bytes."
                    : $"In at most {RedemptionsApi.MaxBodyBytes} bytes; there need be no body.",
                Schemas.Named(request),
                requestExample)
            {
                IsRequired = isBodyRequired,
            },
            Answers =
            [
                ApiAnswer.Success(
                    200, "The redemption as it is now.", Schemas.Named(RedemptionSchemas.Redemption), answerExample,
                    ApiHeaders.IdempotentReplayed, ApiHeaders.NoStore),
                ApiAnswer.Refusal(
                    ProblemType.InvalidRequest,
                    "The body is not JSON, has another shape, or a value out of its range; or a header is missing, malformed or, as "
                    + "If-Match, is only for updates of one certificate. Nothing was stored.",
                    "Nothing was stored.",
                    isBodyRequired
                        ? new ProblemError("/hold_expires_at", ErrorCodes.Required, "hold_expires_at is required.")
                        : new ProblemError("/total", ErrorCodes.UnknownMember, KnownMembers(request))),
                ApiAnswer.Refusal(ProblemType.NotFound, "The site has no redemption with this id.", "There is no such redemption."),
                refusal.With(ApiHeaders.IdempotentReplayed),
                RedemptionOperations.TooLarge,
                .. SharedAnswers.OfBodies,
                .. SharedAnswers.OfWrites,
            ],
        };

    private static string KnownMembers(string request) => request switch
    {
        RedemptionSchemas.CaptureRequest => "Known are amount, final.",
        RedemptionSchemas.RefundRequest => "Known are amount, reason.",
        _ => "None is known.",
    };
}
