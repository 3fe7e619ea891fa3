using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Server.Writes;

namespace Scrip.Server.Certificates;

/// <summary>The calls that write off balances (docs/api/redemptions.md, "Writing off").</summary>
public static class WriteOffApi
{
    private static readonly WriteForm FormOfOne = WriteForm.SmallOptional with { NeedsKey = true };

    public static RouteGroupBuilder MapWriteOffs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate").RequireScope(Scopes.CertificatesWrite);
        group.MapPost("/{id}/write-off", WriteOffOne);
        group.MapPost("/bulk-write-off", WriteOffMany);
        // Otherwise the other methods of this path would look for a certificate with such an id.
        group.MapOtherMethods("/bulk-write-off", allow: HttpMethods.Post).OpenToAll();
        return group;
    }

    private static async Task<IResult> WriteOffOne(string id, WriteRequest request)
    {
        // A path that is not an id is looked up like any other: id 0 does not exist.
        _ = PathId.TryParse(id, out var certificateId);
        var input = await request.ReadAsync(FormOfOne, $"certificate {id} write-off", (utf8, errors) => WriteOffBody.ReadOne(
            utf8, certificateId, request.Site.Currency, errors));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new WriteOffCertificates([input.Body]) { Origin = input.Origin });
        return CertificateAnswers.OfOne(written, id, request.Site.Currency);
    }

    private static async Task<IResult> WriteOffMany(WriteRequest request, BulkGate gate)
    {
        using var place = gate.Approach(request.Site.Id);
        var input = await request.ReadAsync(place.Form with { NeedsKey = true }, "bulk-write-off", (utf8, errors) => WriteOffBody.ReadMany(
            utf8, gate.MaxItems, errors));
        if (input.Refusal is { } refusal)
            return refusal;
        var written = await request.WriteAsync(new WriteOffCertificates(input.Body) { Origin = input.Origin });
        return CertificateAnswers.OfMany(written, request.Site.Currency);
    }
}
