using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>The document's five calls, and PATCH for both updates.</summary>
public static class CertificatesApi
{
    internal static readonly WriteForm FormOfOne = new(MaxBodyBytes: 64 * 1024) { TakesIfMatch = true };

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
        // Otherwise the other methods of these two paths would look for a certificate with such an id.
        group.MapOtherMethods("/bulk-create", allow: HttpMethods.Post).OpenToAll();
        group.MapOtherMethods("/bulk-update", allow: $"{HttpMethods.Patch}, {HttpMethods.Put}").OpenToAll();
        return group;
    }

    private static async Task<IResult> List(HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var filters = CertificateFilters.Read(
            new QueryParameters(request, errors, CertificateFilters.Parameters), caller.Site.Currency, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        ForeseenExpiry? foreseen = null;
        if (filters.IsByChange)
            await holds.SettleAsync(caller.Site.Id, request.HttpContext.RequestAborted);
        else if (filters.TellsOfHolds)
            foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, request.HttpContext.RequestAborted);
        // The page is not a filter.
        var all = filters.Query with { AfterId = null };
        return new ListResult<CertificateRow>(filters.List, caller.Site)
        {
            Name = "certificates",
            Query = cancellation => store.QueryAsync(caller.Site.Id, filters.Query, cancellation),
            Count = cancellation => store.CountAsync(caller.Site.Id, all, cancellation),
            IdOf = (in row) => row.Id,
            Foresee = foreseen is null ? null : foreseen.Foresee,
            IsQuicklyCounted = !all.HasFilters,
        };
    }

    private static async Task<IResult> GetOne(string id, HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var attributes = CertificateJson.Attributes.Read(new QueryParameters(request, errors, AttributeNames.Parameter), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        if (!PathId.TryParse(id, out var certificateId))
            return ProblemFor.NoSuchCertificate(id);
        var cancellation = request.HttpContext.RequestAborted;
        var found = await store.FindAsync(caller.Site.Id, certificateId, cancellation);
        ForeseenExpiry? foreseen = null;
        // Whichever attributes are requested: a hold that has run out changes the entity tag.
        if (found is { Held: > 0 })
        {
            foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, cancellation);
            found = await store.FindAsync(caller.Site.Id, certificateId, cancellation);
        }
        if (found is null)
            return ProblemFor.NoSuchCertificate(id);
        var batch = attributes.NamesAnyOf(CertificateJson.OfBatch)
            ? await store.FindBatchOfAsync(caller.Site.Id, certificateId, cancellation)
            : null;
        var row = CertificateRow.Of(found) with { BatchId = batch?.Id };
        return new CertificateResult(foreseen is null ? row : foreseen.Foresee(row), attributes, caller.Site.Currency);
    }

    private static async Task<IResult> UpdateOne(string id, WriteRequest request)
    {
        // A path that is not an id is looked up like any other, so that its 404 is remembered under a key as well.
        _ = PathId.TryParse(id, out var certificateId);
        var input = await request.ReadAsync(FormOfOne, $"certificate {id}", (utf8, errors) => CertificateBody.ReadOne(
            utf8, certificateId, codeRequired: !request.IsPatch, request.Site.TimeZone, errors));
        if (input.Refusal is { } refusal)
            return refusal;
        var change = input.Body.ToChange(request.Site.Currency) with { Id = certificateId };
        var written = await request.WriteAsync(new UpdateCertificates([change], input.Versions)
        {
            SiteId = request.Site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        return CertificateAnswers.OfOne(written, id, request.Site.Currency);
    }

    private static async Task<IResult> BulkCreate(WriteRequest request, BulkGate gate)
    {
        using var place = gate.Approach(request.Site.Id);
        var batch = BatchParameter.Read(request.ReadParameters(BatchParameter.Name), request.Errors);
        var call = batch is null ? "bulk-create" : $"bulk-create {batch}";
        var input = await request.ReadAsync(place.Form, call, (utf8, errors) => CertificateBody.ReadMany(
            utf8, IdMember.NotAllowed, codeRequired: true, gate.MaxItems, request.Site.TimeZone, errors,
            item => item.ToNew(request.Site.Currency)));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new CreateCertificates(input.Body)
        {
            SiteId = request.Site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
            Batch = batch is null ? null : new NewBatch(batch, BatchSource.BulkCreate, request.Site.Currency),
        });
        return CertificateAnswers.OfMany(written, request.Site.Currency, StatusCodes.Status201Created);
    }

    private static async Task<IResult> BulkUpdate(WriteRequest request, BulkGate gate)
    {
        using var place = gate.Approach(request.Site.Id);
        var input = await request.ReadAsync(place.Form, "bulk-update", (utf8, errors) => CertificateBody.ReadMany(
            utf8, IdMember.Required, codeRequired: !request.IsPatch, gate.MaxItems, request.Site.TimeZone, errors,
            item => item.ToChange(request.Site.Currency)));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new UpdateCertificates(input.Body)
        {
            SiteId = request.Site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        return CertificateAnswers.OfMany(written, request.Site.Currency);
    }
}
