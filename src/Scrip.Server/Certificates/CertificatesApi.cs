using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Hosting;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Certificates;

/// <summary>The document's five calls, and PATCH beside both its updates.</summary>
public static class CertificatesApi
{
    internal const int MaxSingleBodyBytes = 64 * 1024;

    public static RouteGroupBuilder MapCertificates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/", List).RequireScope(Scopes.CertificatesRead);
        group.MapGet("/{id}", GetOne).RequireScope(Scopes.CertificatesRead);
        group.MapPut("/{id}", UpdateOne).RequireScope(Scopes.CertificatesWrite);
        group.MapPatch("/{id}", UpdateOne).RequireScope(Scopes.CertificatesWrite);
        group.MapPost("/bulk-create", BulkCreate).RequireScope(Scopes.CertificatesWrite);
        group.MapPut("/bulk-update", BulkUpdate).RequireScope(Scopes.CertificatesWrite);
        group.MapPatch("/bulk-update", BulkUpdate).RequireScope(Scopes.CertificatesWrite);
        // Otherwise the other methods of these two would look for a certificate with such an id.
        group.MapOtherMethods("/bulk-create", allow: HttpMethods.Post).OpenToAll();
        group.MapOtherMethods("/bulk-update", allow: $"{HttpMethods.Patch}, {HttpMethods.Put}").OpenToAll();
        return group;
    }

    private static async Task<IResult> List(HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var list = ListRequest.Read(new QueryParameters(request, errors, ListRequest.Parameters), caller.Site.Currency, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        ForeseenExpiry? foreseen = null;
        if (list.IsByChange)
            await holds.SettleAsync(caller.Site.Id, request.HttpContext.RequestAborted);
        else if (list.TellsOfHolds)
            foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, request.HttpContext.RequestAborted);
        return new ListResult<CertificateRow>(new CertificateListSource(store, caller, list, foreseen));
    }

    private static async Task<IResult> GetOne(string id, HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var fields = CertificateFieldNames.Read(new QueryParameters(request, errors, AttributeNames.Parameter), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        if (!PathId.TryParse(id, out var certificateId))
            return ProblemFor.NoSuchCertificate(id);
        var cancellation = request.HttpContext.RequestAborted;
        var found = await store.FindAsync(caller.Site.Id, certificateId, cancellation);
        ForeseenExpiry? foreseen = null;
        // Whatever is asked for: a hold that has run out shows in the entity tag.
        if (found is { Held: > 0 })
        {
            foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, cancellation);
            found = await store.FindAsync(caller.Site.Id, certificateId, cancellation);
        }
        if (found is null)
            return ProblemFor.NoSuchCertificate(id);
        var row = CertificateRow.Of(found);
        return new CertificateResult(foreseen is null ? row : foreseen.Foresee(row), fields, caller.Site.Currency);
    }

    private static async Task<IResult> UpdateOne(string id, HttpContext context, Caller caller, WritePipeline pipeline)
    {
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, MaxSingleBodyBytes);
        if (refusal is not null)
            return refusal;
        UpdateCertificates command;
        using (body)
        {
            // What is no id is looked for like any other, so that its 404 is remembered under a key as well.
            _ = PathId.TryParse(id, out var certificateId);
            var item = CertificateBody.ReadOne(body!.Utf8, certificateId, codeRequired: !IsPatch(context), caller.Site.TimeZone, errors);
            if (errors.Any)
                return errors.ToProblem();
            if (!EntityTags.TryReadIfMatch(context.Request, out var versions))
                return ProblemFor.Invalid("If-Match must be * or a list of entity tags in double quotes (RFC 9110). Nothing was stored.");
            if (context.Request.Headers.IfNoneMatch.Count > 0)
                return ProblemFor.Invalid(EntityTags.IfNoneMatchIsForReads);
            if (!RequestIdentification.TryRead(context.Request, $"certificate {id}", body.Utf8, out var identity, out refusal))
                return refusal!;
            var change = new CertificateChange(certificateId, item.Code, item.IsActive, ToMinor(item.Units, caller), item.Terms);
            command = new UpdateCertificates([change], versions) { SiteId = caller.Site.Id, Actor = caller.Actor, Identity = identity };
        }
        return await CertificateWrites.ExecuteAsync(context, pipeline, caller, command, id, StatusCodes.Status200OK);
    }

    private static Task<IResult> BulkCreate(
        HttpContext context, Caller caller, WritePipeline pipeline, IOptions<ScripOptions> options, BulkGate gate) =>
        BulkAsync(
            context, caller, pipeline, options.Value, gate, IdMember.NotAllowed, "bulk-create", StatusCodes.Status201Created,
            item => new NewCertificate(
                item.Code.GetValueOrDefault(),
                item.IsActive ?? true,
                ToMinor(item.Units, caller) ?? 0,
                item.Terms?.AppliedTo(CertificateTerms.Unlimited)),
            (items, identity) => new CreateCertificates(items)
            {
                SiteId = caller.Site.Id,
                Actor = caller.Actor,
                Identity = identity,
            });

    private static Task<IResult> BulkUpdate(
        HttpContext context, Caller caller, WritePipeline pipeline, IOptions<ScripOptions> options, BulkGate gate) =>
        BulkAsync(
            context, caller, pipeline, options.Value, gate, IdMember.Required, "bulk-update", StatusCodes.Status200OK,
            item => new CertificateChange(
                item.Id ?? 0, item.Code, item.IsActive, ToMinor(item.Units, caller), item.Terms, item.Version),
            (items, identity) => new UpdateCertificates(items)
            {
                SiteId = caller.Site.Id,
                Actor = caller.Actor,
                Identity = identity,
            });

    /// <param name="toItem">Also of what has errors, which then comes to no command.</param>
    private static async Task<IResult> BulkAsync<TItem>(
        HttpContext context,
        Caller caller,
        WritePipeline pipeline,
        ScripOptions options,
        BulkGate gate,
        IdMember idMember,
        string call,
        int successStatus,
        Func<CertificateItem, TItem> toItem,
        Func<List<TItem>, RequestIdentity?, Command<CertificatesOutcome>> toCommand)
        where TItem : struct
    {
        using var place = gate.Approach(caller.Site.Id);
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, options.MaxBulkBytes, place.TakeFor);
        if (refusal is not null)
            return refusal;
        Command<CertificatesOutcome> command;
        using (body)
        {
            var items = CertificateBody.ReadMany(
                body!.Utf8, idMember, codeRequired: !IsPatch(context), options.MaxBulkItems, caller.Site.TimeZone, errors, toItem);
            if (items.Count > options.MaxBulkItems)
                return ProblemFor.TooManyItems(options.MaxBulkItems);
            if (errors.Any)
                return errors.ToProblem(items.Count);
            if (EntityTags.RefuseConditions(context.Request) is { } refused)
                return refused;
            if (!RequestIdentification.TryRead(context.Request, call, body.Utf8, out var identity, out refusal))
                return refusal!;
            command = toCommand(items, identity);
        }
        return await CertificateWrites.ExecuteAsync(context, pipeline, caller, command, pathId: null, successStatus);
    }

    private static bool IsPatch(HttpContext context) => HttpMethods.IsPatch(context.Request.Method);

    private static long? ToMinor(long? units, Caller caller) => units is { } whole ? caller.Site.Currency.ToMinor(whole) : null;
}
