using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Guessing;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>Tells whether a code could pay, without paying. A checkout calls it while the customer types.</summary>
internal static class CheckApi
{
    private static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expires_at");

    public static async Task<IResult> Check(
        HttpContext context, Caller caller, IStore store, HoldExpiry holds, GuessingGuard guard, TimeProvider time)
    {
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, RequestBody.MaxSmallBytes);
        if (refusal is not null)
            return refusal;
        CertificateCode code;
        long? amount;
        string? customer;
        using (body)
            (code, amount, customer) = RedemptionRequest.ReadCheck(body!.Utf8, caller.Site.Currency, errors);
        if (errors.Any)
            return errors.ToCheckProblem();
        return await guard.GuardAsync(context, caller, customer, async () =>
        {
            var found = await FindAsync(store, caller.Site.Id, code, foreseen: null, context.RequestAborted);
            if (found is { Held: > 0 })
            {
                var foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, context.RequestAborted);
                found = await FindAsync(store, caller.Site.Id, code, foreseen, context.RequestAborted);
            }
            return found is null
                ? (MissedCode.Answer(code), true)
                : (Answer(found, amount, caller.Site.Currency, time.GetUtcNow()), false);
        });
    }

    private static async Task<Candidate?> FindAsync(
        IStore store, long siteId, CertificateCode code, ForeseenExpiry? foreseen, CancellationToken cancellationToken)
    {
        var query = new CertificateQuery { FoldedCode = code.Folded, AllAttributes = true };
        await using var rows = await store.QueryAsync(siteId, query, cancellationToken);
        var candidates = new List<Candidate>();
        while (await rows.ReadAsync(cancellationToken))
            candidates.Add(Candidate.From(foreseen is null ? rows.Current : foreseen.Foresee(rows.Current)));
        return CodeMatch.Choose(candidates, candidate => candidate.Code, code);
    }

    private static JsonResult Answer(Candidate found, long? amount, Currency currency, DateTimeOffset now)
    {
        var usability = CertificateUsability.Of(found.IsActive, found.Terms.StartsAt, found.Terms.ExpiresAt, found.Balance, amount, now);
        return JsonObject.Answer(
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("id", found.Id);
                json.WriteString("code", found.Code.Text);
                json.WriteBoolean("is_active", found.IsActive);
                json.WriteNumber("value", currency.ToUnits(found.FaceValue));
                json.WriteString("balance", Amounts.Text(found.Balance, currency));
                json.WriteString("currency", currency.Code);
                json.WriteBoolean("usable", usability == Usability.Usable);
                json.WriteString("reason", ReasonOf(usability));
                json.WriteBoolean("single_use", found.Terms.SingleUse);
                json.WriteInstant(ExpiresAt, found.Terms.ExpiresAt);
                json.WriteEndObject();
            },
            StatusCodes.Status200OK);
    }

    private static string? ReasonOf(Usability usability) => usability switch
    {
        Usability.Usable => null,
        Usability.Inactive => "inactive",
        Usability.NotStarted => "not_started",
        Usability.Expired => "expired",
        Usability.Spent => "spent",
        Usability.Insufficient => "insufficient",
    };

    private sealed record Candidate(
        long Id, CertificateCode Code, bool IsActive, long FaceValue, long Held, long Balance, CertificateTerms Terms)
    {
        public static Candidate From(CertificateRow row) => new(
            row.Id, CertificateCode.FromStored(System.Text.Encoding.UTF8.GetString(row.Code)), row.IsActive, row.FaceValue, row.Held,
            row.Balance, new CertificateTerms { StartsAt = row.StartsAt, ExpiresAt = row.ExpiresAt, SingleUse = row.SingleUse });
    }
}
