using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Guessing;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>The calls that take certificates as payment (docs/api/redemptions.md).</summary>
public static class RedemptionsApi
{
    private static readonly WriteForm Keyed = WriteForm.Small with { NeedsKey = true };
    private static readonly WriteForm KeyedOptional = WriteForm.SmallOptional with { NeedsKey = true };

    /// <summary>Reading redemptions moves no money, so accountants and support need no scope for spending.</summary>
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
        // Otherwise the other methods of these two paths would look for a certificate with such an id.
        group.MapOtherMethods("/check", allow: HttpMethods.Post).OpenToAll();
        group.MapOtherMethods("/redemption", allow: "GET, HEAD, POST").OpenToAll();
        return group;
    }

    private static async Task<IResult> Redeem(WriteRequest request, IStore store, GuessingGuard guard)
    {
        var input = await request.ReadAsync(Keyed, "redemption", (utf8, errors) => RedemptionRequest.ReadRedeem(
            utf8, request.Site.Currency, errors));
        if (input.Refusal is { } refusal)
            return refusal;
        var command = input.Body.ToCommand(input.Origin);
        // Ids can be enumerated, codes cannot: a leaked checkout token must not empty certificates whose codes it never saw.
        if (command.CertificateId is not null && !request.Caller.MayAnyOf(Scopes.CertificatesRead))
            return AccessRefusals.Forbidden(Scopes.CertificatesRead);
        return command.CertificateId is not null
            ? (await PayAsync()).Answer
            : await guard.GuardAsync(request.Context, request.Caller, input.Body.Customer, PayAsync, RecallAsync);

        async Task<(IResult Answer, bool HasMissed)> PayAsync()
        {
            var written = await request.WriteAsync(command);
            return (RedemptionAnswers.OfPayment(written, request.Caller), written.Outcome?.Verdict == RedemptionVerdict.NotFound);
        }

        // A recorded key is decided before any rule, so no code is looked up, not even if the key comes with another request.
        async Task<IResult?> RecallAsync() =>
            await store.HasRecordAsync(request.Site.Id, request.Caller.Actor, input.Origin.Identity!.Key, request.Context.RequestAborted)
                ? (await PayAsync()).Answer
                : null;
    }

    private static async Task<IResult> Capture(string id, WriteRequest request)
    {
        var input = await request.ReadAsync(KeyedOptional, $"redemption {id} capture", (utf8, errors) => RedemptionRequest.ReadCapture(
            utf8, request.Site.Currency, errors));
        return input.Refusal
            ?? await WriteAsync(request, new CaptureHold(IdOf(id), input.Body.Amount, input.Body.IsFinal) { Origin = input.Origin });
    }

    private static async Task<IResult> Release(string id, WriteRequest request)
    {
        var input = await request.ReadAsync(KeyedOptional, $"redemption {id} release", (utf8, errors) => RequestObject.Read(utf8, errors));
        return input.Refusal ?? await WriteAsync(request, new ReleaseHold(IdOf(id)) { Origin = input.Origin });
    }

    private static async Task<IResult> Refund(string id, WriteRequest request)
    {
        var input = await request.ReadAsync(KeyedOptional, $"redemption {id} refund", (utf8, errors) => RedemptionRequest.ReadRefund(
            utf8, request.Site.Currency, errors));
        return input.Refusal
            ?? await WriteAsync(request, new RefundRedemption(IdOf(id), input.Body.Amount, input.Body.Reason) { Origin = input.Origin });
    }

    private static async Task<IResult> Extend(string id, WriteRequest request)
    {
        var input = await request.ReadAsync(Keyed, $"redemption {id} extend", RedemptionRequest.ReadExtend);
        return input.Refusal ?? await WriteAsync(request, new ExtendHold(IdOf(id), input.Body) { Origin = input.Origin });
    }

    private static async Task<IResult> WriteAsync(WriteRequest request, RedemptionStep step) =>
        RedemptionAnswers.OfStep(await request.WriteAsync(step), request.Caller);

    private static long IdOf(string pathId) => PathId.TryParse(pathId, out var id) ? id : 0;

    private static async Task<IResult> List(
        HttpContext context, Caller caller, IStore store, HoldExpiry holds, GuessingGuard guard)
    {
        var errors = new RequestErrors();
        var query = new QueryParameters(context.Request, errors, RedemptionFilters.Parameters);
        var filters = RedemptionFilters.Read(query, errors);
        var list = ListRequest<RedemptionLine>.Read(query, RedemptionJson.AttributesWith(caller.SeesCodes), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        if (filters.Code is null)
            return await ToListAsync(filters.Query);
        return caller.SeesCodes ? (await FindAsync()).Answer : await guard.GuardAsync(context, caller, customer: null, FindAsync);

        async Task<(IResult Answer, bool HasMissed)> FindAsync()
        {
            var certificateId = await filters.FindCertificateAsync(store, caller.Site.Id, context.RequestAborted);
            return (await ToListAsync(filters.OfCertificate(certificateId)), certificateId is null);
        }

        async Task<IResult> ToListAsync(RedemptionQuery found) => ListOf(
            list, found, caller.Site, store, await holds.SettleForAsync(caller.Site.Id, filters.IsByWhetherHeld, context.RequestAborted));
    }

    private static ListResult<RedemptionLine> ListOf(
        ListRequest<RedemptionLine> list, RedemptionQuery found, Site site, IStore store, ForeseenExpiry? foreseen)
    {
        var (paging, isCounted) = (list.Page, list.Page.IsCounted(isQuick: false));
        var page = found with { AfterId = paging.After, Skip = paging.Skip, Take = paging.Take, IsCounted = isCounted };
        return new(list, site)
        {
            Name = "redemptions",
            Query = token => store.QueryAsync(site.Id, page, token),
            Count = token => store.CountAsync(site.Id, found, token),
            IdOf = (in row) => row.Id,
            Foresee = foreseen is null ? null : foreseen.Foresee,
        };
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
            return new ProblemResult(ProblemType.NotFound, "The redemption was not found.");
        var redemption = foreseen is null ? rows.Current : foreseen.Foresee(rows.Current);
        return JsonObject.Answer(json => attributes.Write(json, redemption, caller.Site.Currency), StatusCodes.Status200OK);
    }
}
