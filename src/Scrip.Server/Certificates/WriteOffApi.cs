using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Certificates;

/// <summary>Writing balances off (docs/api/redemptions.md, "Writing off").</summary>
public static class WriteOffApi
{
    public static RouteGroupBuilder MapWriteOffs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate").RequireScope(Scopes.CertificatesWrite);
        group.MapPost("/{id}/write-off", WriteOffOne);
        group.MapPost("/bulk-write-off", WriteOffMany);
        // Otherwise the other methods of this path would look for a certificate with such an id.
        group.MapOtherMethods("/bulk-write-off", allow: HttpMethods.Post).OpenToAll();
        return group;
    }

    private static async Task<IResult> WriteOffOne(string id, HttpContext context, Caller caller, WritePipeline pipeline)
    {
        // A path that is not an id is looked for like any other: id 0 does not exist.
        _ = PathId.TryParse(id, out var certificateId);
        var (command, refusal) = await KeyedRequest.ReadAsync(
            context, caller.Site.Currency, $"certificate {id} write-off", isBodyOptional: true, WriteOffBody.ReadOne,
            (body, identity) => new WriteOffCertificates([new WriteOff(certificateId, body.Amount, body.Reason)])
            {
                SiteId = caller.Site.Id,
                Actor = caller.Actor,
                Identity = identity,
            });
        if (command is null)
            return refusal!;
        return await CertificateWrites.ExecuteAsync(context, pipeline, caller, command, id, StatusCodes.Status200OK);
    }

    private static async Task<IResult> WriteOffMany(
        HttpContext context, Caller caller, WritePipeline pipeline, IOptions<ScripOptions> options, BulkGate gate)
    {
        using var place = gate.Approach(caller.Site.Id);
        var errors = new RequestErrors();
        _ = new QueryParameters(context.Request, errors);
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, options.Value.MaxBulkBytes, place.TakeFor);
        if (refusal is not null)
            return refusal;
        WriteOffCertificates command;
        using (body)
        {
            var items = WriteOffBody.ReadMany(body!.Utf8, options.Value.MaxBulkItems, errors);
            if (items.Count > options.Value.MaxBulkItems)
                return ProblemFor.TooManyItems(options.Value.MaxBulkItems);
            if (errors.Any)
                return errors.ToProblem(items.Count);
            if (EntityTags.RefuseConditions(context.Request) is { } refused)
                return refused;
            if (!RequestIdentification.TryReadRequired(context.Request, "bulk-write-off", body.Utf8, out var identity, out refusal))
                return refusal!;
            command = new WriteOffCertificates(items) { SiteId = caller.Site.Id, Actor = caller.Actor, Identity = identity };
        }
        return await CertificateWrites.ExecuteAsync(context, pipeline, caller, command, pathId: null, StatusCodes.Status200OK);
    }
}
