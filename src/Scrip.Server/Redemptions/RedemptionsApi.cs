using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Guessing;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Redemptions;

/// <summary>Taking certificates as payment (docs/api/redemptions.md).</summary>
public static class RedemptionsApi
{
    /// <summary>Reading redemptions moves no money: accountants and support need not be able to spend.</summary>
    private const Scopes Readers = Scopes.RedemptionsWrite | Scopes.CertificatesRead | Scopes.ReportsRead;

    public static RouteGroupBuilder MapRedemptions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate").RequireScope(Scopes.RedemptionsWrite);
        group.MapPost("/check", CheckApi.Check);
        group.MapGet("/redemption", List).RequireAnyOf(Readers);
        group.MapPost("/redemption", Redeem);
        group.MapGet("/redemption/{id}", GetOne).RequireAnyOf(Readers);
        group.MapPost("/redemption/{id}/capture", Capture);
        group.MapPost("/redemption/{id}/release", Release);
        group.MapPost("/redemption/{id}/refund", Refund);
        group.MapPost("/redemption/{id}/extend", Extend);
        // Otherwise the other methods of these two would look for a certificate with such an id.
        group.MapOtherMethods("/check", allow: HttpMethods.Post).OpenToAll();
        group.MapOtherMethods("/redemption", allow: "GET, HEAD, POST").OpenToAll();
        return group;
    }

    private static async Task<IResult> Redeem(
        HttpContext context, Caller caller, WritePipeline pipeline, IStore store, GuessingGuard guard)
    {
        string? customer = null;
        var (read, refusal) = await KeyedRequest.ReadAsync(
            context, caller.Site.Currency, "redemption", isBodyOptional: false, RedemptionRequest.ReadRedeem,
            (payment, identity) =>
            {
                customer = payment.Customer;
                return new RedeemCertificate(
                    payment.Code, payment.CertificateId, payment.Amount, payment.Reference, payment.Capture, payment.HoldExpiresAt)
                {
                    AllowPartial = payment.AllowPartial,
                    SiteId = caller.Site.Id,
                    Actor = caller.Actor,
                    Identity = identity,
                };
            });
        if (read is not { } command)
            return refusal!;
        if (command.CertificateId is not null)
        {
            // Ids can be counted through, codes cannot: a leaked checkout token must not empty certificates whose codes it never saw.
            return caller.MayAnyOf(Scopes.CertificatesRead)
                ? (await ExecuteAsync()).Answer
                : AccessRefusals.Forbidden(Scopes.CertificatesRead);
        }
        return await guard.GuardAsync(context, caller, customer, LookUpAsync, RecallAsync);

        async Task<(IResult Answer, bool HasMissed)> LookUpAsync()
        {
            var (answer, verdict) = await ExecuteAsync();
            return (answer, verdict == RedemptionVerdict.NotFound);
        }

        // A record is answered from before any rule, so that no code is looked up: not even where the key comes with another request.
        async Task<IResult?> RecallAsync()
        {
            var isRemembered = await store.HasRecordAsync(caller.Site.Id, caller.Actor, command.Identity!.Key, context.RequestAborted);
            return isRemembered ? (await ExecuteAsync()).Answer : null;
        }

        Task<(IResult Answer, RedemptionVerdict? Verdict)> ExecuteAsync() => RedemptionWrites.ExecuteAsync(
            context, pipeline, caller, command, "certificate", StatusCodes.Status201Created);
    }

    private static Task<IResult> Capture(string id, HttpContext context, Caller caller, WritePipeline pipeline) => StepAsync(
        id, "capture", context, caller, pipeline, RedemptionRequest.ReadCapture,
        (redemptionId, body, identity) => new CaptureHold(redemptionId, body.Amount, body.IsFinal)
        {
            SiteId = caller.Site.Id,
            Actor = caller.Actor,
            Identity = identity,
        });

    private static Task<IResult> Release(string id, HttpContext context, Caller caller, WritePipeline pipeline) => StepAsync(
        id, "release", context, caller, pipeline, (utf8, _, errors) => RequestObject.Read(utf8, errors),
        (redemptionId, _, identity) => new ReleaseHold(redemptionId)
        {
            SiteId = caller.Site.Id,
            Actor = caller.Actor,
            Identity = identity,
        });

    private static Task<IResult> Refund(string id, HttpContext context, Caller caller, WritePipeline pipeline) => StepAsync(
        id, "refund", context, caller, pipeline, RedemptionRequest.ReadRefund,
        (redemptionId, body, identity) => new RefundRedemption(redemptionId, body.Amount, body.Reason)
        {
            SiteId = caller.Site.Id,
            Actor = caller.Actor,
            Identity = identity,
        });

    private static Task<IResult> Extend(string id, HttpContext context, Caller caller, WritePipeline pipeline) => StepAsync(
        id, "extend", context, caller, pipeline, (utf8, _, errors) => RedemptionRequest.ReadExtend(utf8, errors),
        (redemptionId, holdExpiresAt, identity) => new ExtendHold(redemptionId, holdExpiresAt)
        {
            SiteId = caller.Site.Id,
            Actor = caller.Actor,
            Identity = identity,
        },
        isBodyOptional: false);

    private static async Task<IResult> StepAsync<TBody>(
        string id,
        string call,
        HttpContext context,
        Caller caller,
        WritePipeline pipeline,
        KeyedRequest.ReadBody<TBody> readBody,
        Func<long, TBody, RequestIdentity?, RedemptionStep> toCommand,
        bool isBodyOptional = true)
    {
        _ = PathId.TryParse(id, out var redemptionId);
        var (command, refusal) = await KeyedRequest.ReadAsync(
            context, caller.Site.Currency, $"redemption {id} {call}", isBodyOptional, readBody,
            (body, identity) => toCommand(redemptionId, body, identity));
        if (command is null)
            return refusal!;
        return (await RedemptionWrites.ExecuteAsync(context, pipeline, caller, command, "redemption", StatusCodes.Status200OK)).Answer;
    }

    private static async Task<IResult> List(
        HttpContext context, Caller caller, IStore store, HoldExpiry holds, GuessingGuard guard)
    {
        var errors = new RequestErrors();
        var query = new QueryParameters(context.Request, errors, RedemptionFilters.Parameters);
        var filters = RedemptionFilters.Read(query, errors);
        var attributes = RedemptionJson.AttributesWith(caller.SeesCodes).Read(query, errors);
        var page = PageRequest.Read(query, isInOrderOfId: true, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var cancellation = context.RequestAborted;
        if (filters.Code is null)
            return await ToListAsync(filters.Query);
        return caller.SeesCodes ? (await FindAsync()).Answer : await guard.GuardAsync(context, caller, customer: null, FindAsync);

        async Task<(IResult Answer, bool HasMissed)> FindAsync()
        {
            var certificateId = await filters.FindCertificateAsync(store, caller.Site.Id, cancellation);
            return (await ToListAsync(filters.OfCertificate(certificateId)), certificateId is null);
        }

        async Task<IResult> ToListAsync(RedemptionQuery found)
        {
            ForeseenExpiry? foreseen = null;
            if (filters.IsByWhetherHeld)
                await holds.SettleAsync(caller.Site.Id, cancellation);
            else
                foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, cancellation);
            return new ListResult<RedemptionLine>(new RedemptionListSource(store, caller.Site, page, found, attributes, foreseen));
        }
    }

    private static async Task<IResult> GetOne(string id, HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var attributes = RedemptionJson.AttributesWith(caller.SeesCodes).Read(
            new QueryParameters(request, errors, AttributeNames.Parameter), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        _ = PathId.TryParse(id, out var redemptionId);
        var cancellation = request.HttpContext.RequestAborted;
        var foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, cancellation);
        await using var rows = await store.QueryAsync(caller.Site.Id, new RedemptionQuery { Id = redemptionId }, cancellation);
        if (!await rows.ReadAsync(cancellation))
            return new ProblemResult(ProblemType.NotFound, "There is no such redemption.");
        var redemption = foreseen is null ? rows.Current : foreseen.Foresee(rows.Current);
        return JsonObject.Answer(json => attributes.Write(json, redemption, caller.Site.Currency), StatusCodes.Status200OK);
    }
}
