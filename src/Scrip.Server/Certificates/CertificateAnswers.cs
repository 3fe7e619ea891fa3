using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Client;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Certificates;

/// <summary>The responses to writes of certificates, in one switch over all outcomes.</summary>
internal static class CertificateAnswers
{
    public static IResult OfOne(Written<CertificatesOutcome> written, string pathId, Currency currency) =>
        Of(written, pathId, currency, StatusCodes.Status200OK);

    /// <summary>The response to a bulk call: its errors point into an array, and its result is an array.</summary>
    public static IResult OfMany(
        Written<CertificatesOutcome> written, Currency currency, int successStatus = StatusCodes.Status200OK) =>
        Of(written, pathId: null, currency, successStatus);

    private static IResult Of(Written<CertificatesOutcome> written, string? pathId, Currency currency, int successStatus)
    {
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        return outcome.Verdict switch
        {
            CertificatesVerdict.Accepted when pathId is null => new WrittenCertificatesResult(successStatus, outcome, currency),
            CertificatesVerdict.Accepted => new CertificateResult(outcome.Lines[0], BalanceIn(outcome), currency),
            CertificatesVerdict.Invalid => Refusal(ProblemType.InvalidRequest, "invalid"),
            CertificatesVerdict.NotFound when pathId is null => Refusal(ProblemType.NotFound, "unknown"),
            CertificatesVerdict.NotFound => ProblemFor.NoSuchCertificate(pathId, written.TraceId),
            CertificatesVerdict.PreconditionFailed when pathId is null => Refusal(ProblemType.PreconditionFailed, "at a different version"),
            CertificatesVerdict.PreconditionFailed =>
                new ProblemResult(
                    ProblemType.PreconditionFailed,
                    $"The certificate is now at version {outcome.Faults[0].Evidence}; nothing was stored.",
                    traceId: written.TraceId),
            CertificatesVerdict.Conflict => Refusal(ProblemType.Conflict, "in conflict with what is stored"),
            CertificatesVerdict.Spent when pathId is null => Refusal(ProblemType.Spent, "spent"),
            CertificatesVerdict.Spent => new ProblemResult(ProblemType.Spent, "Nothing was stored.", traceId: written.TraceId),
            CertificatesVerdict.InsufficientBalance =>
                ProblemFor.InsufficientBalance(Amounts.Text(outcome.Faults[0].Evidence, currency), written.TraceId),
        };

        ProblemResult Refusal(ProblemType type, string fault) => new(
            type,
            ItemCount.Describe(outcome.FaultyItems, written.Command.Weight, fault),
            [.. outcome.Faults.Select(refused => Describe(refused, pathId is null ? refused.Index : null, currency))],
            written.TraceId);
    }

    private static ProblemError Describe(ItemFault fault, int? index, Currency currency) => fault.Kind switch
    {
        ItemFaultKind.CodeNotAllowed => new(
            JsonPointer.To(index, "code"), ErrorCodes.InvisibleCharacter, RequestErrors.NoInvisibleCharacters("code")),
        ItemFaultKind.NotFound => new(
            JsonPointer.To(index, "id"), ErrorCodes.NotFound, $"Certificate {Text(fault.Evidence)} was not found."),
        ItemFaultKind.CodeTaken => new(
            JsonPointer.To(index, "code"), ErrorCodes.CodeTaken, $"Certificate {Text(fault.Evidence)} already has this code."),
        ItemFaultKind.ValueBelowUsed => new(
            JsonPointer.To(index, "value"),
            ErrorCodes.ValueBelowUsed,
            $"{Amounts.Text(fault.Evidence, currency)} of the certificate is already spent or held."),
        ItemFaultKind.ExpiresBeforeStart => new(
            JsonPointer.To(index, "expires_at"), ErrorCodes.ExpiresBeforeStart, "The certificate would expire before it starts."),
        ItemFaultKind.VersionMismatch => new(
            JsonPointer.To(index, "version"), ErrorCodes.VersionMismatch, $"The certificate is now at version {Text(fault.Evidence)}."),
        ItemFaultKind.NothingLeft => new(
            JsonPointer.To(index, "id"), ErrorCodes.Spent, $"Certificate {Text(fault.Evidence)} has no balance left."),
        ItemFaultKind.CodeSimilar or ItemFaultKind.BalanceDiffers =>
            throw new InvalidOperationException("Only an import refuses similar codes and other balances."),
        ItemFaultKind.AmountAboveBalance => throw new InvalidOperationException("An amount above the balance has its own problem type."),
    };

    private static long? BalanceIn(CertificatesOutcome outcome) => outcome.Balances is [var balance] ? balance : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
