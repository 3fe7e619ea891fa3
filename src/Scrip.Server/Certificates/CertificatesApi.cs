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
        var foreseen = filters.IsByChange || filters.TellsOfHolds
            ? await holds.SettleForAsync(caller.Site.Id, filters.IsByChange, request.HttpContext.RequestAborted)
            : null;
        return new ListResult<CertificateRow>(filters.List, caller.Site)
        {
            Name = "certificates",
            Query = cancellation => store.QueryAsync(caller.Site.Id, filters.Query, cancellation),
            Count = cancellation => store.CountAsync(caller.Site.Id, filters.Query, cancellation),
            IdOf = (in row) => row.Id,
            Foresee = foreseen is null ? null : foreseen.Foresee,
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
        if (await FindAsync(certificateId, caller.Site.Id, store, holds, cancellation) is not var (found, foreseen))
            return ProblemFor.NoSuchCertificate(id);
        var batch = attributes.NamesAnyOf(CertificateJson.OfBatch)
            ? await store.FindBatchOfAsync(caller.Site.Id, certificateId, cancellation)
            : null;
        var row = CertificateRow.Of(found) with { BatchId = batch?.Id };
        return new CertificateResult(foreseen is null ? row : foreseen.Foresee(row), attributes, caller.Site.Currency);
    }

    /// <summary>Finds a certificate whose holds are settled, whichever attributes are requested: they change the entity tag.</summary>
    private static async Task<(Certificate Found, ForeseenExpiry? Foreseen)?> FindAsync(
        long id, long siteId, IStore store, HoldExpiry holds, CancellationToken cancellation)
    {
        var found = await store.FindAsync(siteId, id, cancellation);
        if (found is not { Held: > 0 })
            return found is null ? null : (found, null);
        var foreseen = await holds.SettleOrForeseeAsync(siteId, cancellation);
        return await store.FindAsync(siteId, id, cancellation) is { } settled ? (settled, foreseen) : null;
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
        var written = await request.WriteAsync(new UpdateCertificates([change], input.Versions) { Origin = input.Origin });
        return CertificateAnswers.OfOne(written, id, request.Site.Currency);
    }

    private static async Task<IResult> BulkCreate(WriteRequest request, BulkGate gate)
    {
        using var place = gate.Approach(request.Site.Id);
        var batch = BatchParameter.Read(request.ReadParameters(BatchParameter.Name));
        var call = batch is null ? "bulk-create" : $"bulk-create {batch}";
        var input = await request.ReadAsync(place.Form, call, (utf8, errors) => CertificateBody.ReadMany(
            utf8, IdMember.NotAllowed, codeRequired: true, gate.MaxItems, request.Site.TimeZone, errors,
            item => item.ToNew(request.Site.Currency)));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new CreateCertificates(input.Body)
        {
            Origin = input.Origin,
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
        var written = await request.WriteAsync(new UpdateCertificates(input.Body) { Origin = input.Origin });
        return CertificateAnswers.OfMany(written, request.Site.Currency);
    }
}
