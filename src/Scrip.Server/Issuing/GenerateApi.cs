using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Writes;

namespace Scrip.Server.Issuing;

/// <summary>Certificates with generated codes (docs/issuing.md).</summary>
public static class GenerateApi
{
    private static readonly WriteForm Keyed = WriteForm.Small with { NeedsKey = true };

    /// <summary>How often codes are drawn until enough of them are free. Even a second attempt is extremely rare.</summary>
    private const int MostAttempts = 5;

    public static RouteGroupBuilder MapGenerate(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapPost("/generate", Generate).RequireScope(Scopes.CertificatesWrite);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/generate", allow: HttpMethods.Post).OpenToAll();
        return group;
    }

    private static async Task<IResult> Generate(WriteRequest request, BulkGate gate, RandomNumberGenerator random)
    {
        using var place = gate.Approach(request.Site.Id);
        var input = await request.ReadAsync(Keyed, "generate", (utf8, errors) => GenerateRequest.Read(
            utf8, gate.MaxItems, request.Site.TimeZone, errors));
        if (input.Refusal is { } refusal)
            return refusal;
        place.TakeForItems(input.Body.Count);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var written = await request.WriteAsync(input.Body.ToCommand(request.Caller, input.Identity, random));
            if (written.Outcome?.Verdict != CertificatesVerdict.Conflict)
                return CertificateAnswers.OfMany(written, request.Site.Currency, StatusCodes.Status201Created);
        }
        throw new InvalidOperationException("Again and again too few of the codes that were drawn are free.");
    }
}
