using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Client;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Certificates;

/// <summary>Sends a command through the pipeline and turns its outcome into an answer: the one switch over all outcomes.</summary>
internal static class CertificateWrites
{
    /// <param name="pathId">
    /// Of a call about one certificate; null for a bulk call, whose errors point into an array and whose answer is one.
    /// </param>
    public static async Task<IResult> ExecuteAsync(
        HttpContext context, WritePipeline pipeline, Caller caller, Command<CertificatesOutcome> command, string? pathId, int successStatus)
    {
        var answer = await pipeline.ExecuteAsync(command, context.RequestAborted);
        if (answer.Outcome is not CertificatesOutcome outcome)
            return ProblemFor.KeyReused();
        if (answer.IsReplay)
            context.Response.Headers[RequestIdentification.Replayed] = "true";
        var currency = caller.Site.Currency;
        return outcome.Verdict switch
        {
            CertificatesVerdict.Accepted when pathId is null => new WrittenCertificatesResult(successStatus, outcome, currency),
            CertificatesVerdict.Accepted => new CertificateResult(outcome.Lines[0], BalanceIn(outcome), currency),
            CertificatesVerdict.Invalid => Refusal(ProblemType.InvalidRequest, "invalid"),
            CertificatesVerdict.NotFound when pathId is null => Refusal(ProblemType.NotFound, "not there"),
            CertificatesVerdict.NotFound => ProblemFor.NoSuchCertificate(pathId, answer.TraceId),
            CertificatesVerdict.PreconditionFailed when pathId is null => Refusal(ProblemType.PreconditionFailed, "at another version"),
            CertificatesVerdict.PreconditionFailed =>
                new ProblemResult(
                    ProblemType.PreconditionFailed,
                    $"It is at version {outcome.Faults[0].Evidence} now; nothing was stored.",
                    traceId: answer.TraceId),
            CertificatesVerdict.Conflict => Refusal(ProblemType.Conflict, "in conflict with what is stored"),
            CertificatesVerdict.Spent when pathId is null => Refusal(ProblemType.Spent, "spent"),
            CertificatesVerdict.Spent => new ProblemResult(ProblemType.Spent, "Nothing was stored.", traceId: answer.TraceId),
            CertificatesVerdict.InsufficientBalance =>
                ProblemFor.InsufficientBalance(Amounts.Text(outcome.Faults[0].Evidence, currency), answer.TraceId),
        };

        ProblemResult Refusal(ProblemType type, string fault) => new(
            type,
            ItemCount.Describe(outcome.FaultyItems, command.Weight, fault),
            [.. outcome.Faults.Select(refused => Describe(refused, pathId is null ? refused.Index : null, currency))],
            answer.TraceId);
    }

    private static ProblemError Describe(ItemFault fault, int? index, Currency currency) => fault.Kind switch
    {
        ItemFaultKind.CodeNotAllowed => new(
            JsonPointer.To(index, "code"), ErrorCodes.InvisibleCharacter, RequestErrors.NoInvisibleCharacters("code")),
        ItemFaultKind.NotFound => new(JsonPointer.To(index, "id"), ErrorCodes.NotFound, $"There is no certificate {Text(fault.Evidence)}."),
        ItemFaultKind.CodeTaken => new(
            JsonPointer.To(index, "code"), ErrorCodes.CodeTaken, $"Certificate {Text(fault.Evidence)} has this code."),
        ItemFaultKind.ValueBelowUsed => new(
            JsonPointer.To(index, "value"),
            ErrorCodes.ValueBelowUsed,
            $"{Amounts.Text(fault.Evidence, currency)} of it are spent or held already."),
        ItemFaultKind.ExpiresBeforeStart => new(
            JsonPointer.To(index, "expires_at"), ErrorCodes.ExpiresBeforeStart, "It would expire before it starts."),
        ItemFaultKind.VersionMismatch => new(
            JsonPointer.To(index, "version"), ErrorCodes.VersionMismatch, $"It is at version {Text(fault.Evidence)} now."),
        ItemFaultKind.NothingLeft => new(
            JsonPointer.To(index, "id"), ErrorCodes.Spent, $"Nothing of certificate {Text(fault.Evidence)} is left."),
        ItemFaultKind.AmountAboveBalance => throw new InvalidOperationException("An amount above the balance is a problem of its own."),
    };

    private static long? BalanceIn(CertificatesOutcome outcome) => outcome.Balances is [var balance] ? balance : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
