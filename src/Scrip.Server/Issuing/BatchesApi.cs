using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;
using Scrip.Storage;

namespace Scrip.Server.Issuing;

/// <summary>The batches in which certificates were made (docs/issuing.md).</summary>
public static class BatchesApi
{
    public static RouteGroupBuilder MapBatches(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/batch", List).RequireScope(Scopes.CertificatesRead);
        group.MapGet("/batch/{id}", GetOne).RequireScope(Scopes.CertificatesRead);
        group.MapPut("/batch/{id}", Rename).RequireScope(Scopes.CertificatesWrite);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/batch", allow: "GET, HEAD").OpenToAll();
        return group;
    }

    private static IResult List(HttpRequest request, Caller caller, IStore store)
    {
        var errors = new RequestErrors();
        var list = ListRequest<Batch>.Read(
            new QueryParameters(request, errors, ListRequest.Parameters), BatchJson.Attributes, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var page = new BatchQuery { AfterId = list.Page.After, Skip = list.Page.Skip, Take = list.Page.Take };
        return new ListResult<Batch>(list, caller.Site)
        {
            Name = "batches",
            Query = cancellation => store.QueryAsync(caller.Site.Id, page, cancellation),
            Count = cancellation => store.ReadLastBatchIdAsync(caller.Site.Id, cancellation),
            IdOf = (in batch) => batch.Id,
            Foresee = (in batch) => BatchJson.Named(batch, caller.Site),
            IsQuicklyCounted = true,
        };
    }

    private static async Task<IResult> GetOne(string id, HttpRequest request, Caller caller, IStore store)
    {
        var errors = new RequestErrors();
        var attributes = BatchJson.Attributes.Read(new QueryParameters(request, errors, AttributeNames.Parameter), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        _ = PathId.TryParse(id, out var batchId);
        return await store.FindBatchAsync(caller.Site.Id, batchId, request.HttpContext.RequestAborted) is { } batch
            ? Answer(batch, attributes, caller.Site)
            : NotFound(traceId: null);
    }

    private static async Task<IResult> Rename(string id, WriteRequest request)
    {
        // A path that is not an id is looked for like any other: id 0 does not exist.
        _ = PathId.TryParse(id, out var batchId);
        var input = await request.ReadAsync(WriteForm.Small, $"batch {id}", (utf8, errors) =>
            RequestObject.Read(utf8, errors, "name").TextForPeople("name", Batch.MaxNameLength));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new RenameBatch(batchId, input.Body)
        {
            SiteId = request.Site.Id,
            Actor = request.Caller.Actor,
            Identity = input.Identity,
        });
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        return outcome.Verdict switch
        {
            RenameBatchVerdict.NotFound => NotFound(written.TraceId),
            RenameBatchVerdict.Renamed => Answer(outcome.Batch!, BatchJson.Attributes.All, request.Site),
        };
    }

    private static JsonResult Answer(Batch batch, Attributes<Batch>.Selection attributes, Site site)
    {
        var named = BatchJson.Named(batch, site);
        return JsonObject.Answer(json => attributes.Write(json, named, site.Currency), StatusCodes.Status200OK);
    }

    private static ProblemResult NotFound(string? traceId) => new(ProblemType.NotFound, "The batch was not found.", traceId: traceId);
}
