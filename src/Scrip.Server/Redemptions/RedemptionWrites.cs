using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Redemptions;

/// <summary>Sends a payment's command through the pipeline and turns its outcome into an answer: the one switch over them.</summary>
internal static class RedemptionWrites
{
    private const string NothingStored = "Nothing was stored.";

    /// <param name="subject">What a 404 says is not there.</param>
    public static async Task<(IResult Answer, RedemptionVerdict? Verdict)> ExecuteAsync(
        HttpContext context, WritePipeline pipeline, Caller caller, RedemptionCommand command, string subject, int successStatus)
    {
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not RedemptionOutcome outcome)
            return (ProblemFor.KeyReused(), null);
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        // A caller who sent the code may see it as it is stored, although it may have been typed in another form.
        var attributes = RedemptionJson.AttributesWith(showsCode: caller.SeesCodes || command is RedeemCertificate { Code: not null });
        return (ToResult(outcome, answer.TraceId, caller.Site.Currency, attributes, subject, successStatus), outcome.Verdict);
    }

    private static IResult ToResult(
        RedemptionOutcome outcome,
        string? traceId,
        Currency currency,
        Attributes<RedemptionLine> attributes,
        string subject,
        int successStatus) => outcome.Verdict switch
        {
            RedemptionVerdict.Done => JsonObject.Answer(
                json => attributes.Write(json, outcome.Redemption!, currency), successStatus),
            RedemptionVerdict.HoldExpiryOutOfRange => ProblemFor.Invalid(
                [new("/hold_expires_at", ErrorCodes.OutOfRange, "hold_expires_at must be in the future and at most 31 days from now.")]),
            RedemptionVerdict.NotFound => new ProblemResult(ProblemType.NotFound, $"There is no such {subject}."),
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
                ProblemFor.InsufficientBalance(Amounts.Text(outcome.Evidence, currency), traceId),
        };
}
