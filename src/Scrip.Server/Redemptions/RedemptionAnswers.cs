using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Redemptions;

/// <summary>The responses to payments, in one switch over all outcomes.</summary>
internal static class RedemptionAnswers
{
    private const string NothingStored = "Nothing was stored.";

    public static IResult OfPayment(Written<RedemptionOutcome> written, Caller caller) =>
        Of(written, caller, "certificate", StatusCodes.Status201Created);

    public static IResult OfStep(Written<RedemptionOutcome> written, Caller caller) =>
        Of(written, caller, "redemption", StatusCodes.Status200OK);

    /// <param name="subject">What a 404 says was not found.</param>
    private static IResult Of(Written<RedemptionOutcome> written, Caller caller, string subject, int successStatus)
    {
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        var traceId = written.TraceId;
        return outcome.Verdict switch
        {
            RedemptionVerdict.Done => JsonObject.Answer(
                json => AttributesFor(written.Command, caller).Write(json, outcome.Redemption!, caller.Site.Currency), successStatus),
            RedemptionVerdict.HoldExpiryOutOfRange => ProblemFor.Invalid(
                [new("/hold_expires_at", ErrorCodes.OutOfRange, "hold_expires_at must be in the future and at most 31 days from now.")]),
            RedemptionVerdict.NotFound when written.Command is RedeemCertificate { Code: { } typed } => MissedCode.Answer(typed),
            RedemptionVerdict.NotFound => new ProblemResult(ProblemType.NotFound, $"The {subject} was not found."),
            RedemptionVerdict.DuplicateReference => new ProblemResult(
                ProblemType.DuplicateReference,
                string.Create(CultureInfo.InvariantCulture, $"Redemption {outcome.Evidence} has this reference; nothing was stored."),
                traceId: traceId)
            {
                RedemptionId = outcome.Evidence,
            },
            RedemptionVerdict.Inactive => new ProblemResult(ProblemType.Inactive, NothingStored, traceId: traceId),
            RedemptionVerdict.NotStarted => new ProblemResult(ProblemType.NotStarted, NothingStored, traceId: traceId),
            RedemptionVerdict.Expired => new ProblemResult(ProblemType.Expired, NothingStored, traceId: traceId),
            RedemptionVerdict.Spent => new ProblemResult(ProblemType.Spent, NothingStored, traceId: traceId),
            RedemptionVerdict.HoldEnded => new ProblemResult(
                ProblemType.HoldEnded,
                $"The redemption is {RedemptionJson.NameOf((RedemptionState)outcome.Evidence)}; nothing was stored.",
                traceId: traceId),
            RedemptionVerdict.InsufficientBalance =>
                ProblemFor.InsufficientBalance(Amounts.Text(outcome.Evidence, caller.Site.Currency), traceId),
        };
    }

    /// <summary>Shows the stored code to a caller who sent the code, although it may have been typed in another form.</summary>
    private static Attributes<RedemptionLine> AttributesFor(Command<RedemptionOutcome> command, Caller caller) =>
        RedemptionJson.AttributesWith(showsCode: caller.SeesCodes || command is RedeemCertificate { Code: not null });
}
