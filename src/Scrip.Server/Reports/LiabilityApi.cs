using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Lists;
using Scrip.Server.OpenApi;
using Scrip.Server.Redemptions;
using Scrip.Server.Requests;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Reports;

/// <summary>What the shop owes for its certificates, at any instant (contract, redemptions.md).</summary>
public static class LiabilityApi
{
    public static RouteGroupBuilder MapLiability(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/liability", Report).RequireScope(Scopes.ReportsRead).Describe(LiabilityOperations.Report);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/liability", allow: "GET, HEAD");
        return group;
    }

    private static async Task<IResult> Report(
        HttpRequest request, Caller caller, LiabilityReader reader, HoldExpiry holds, WritePipeline pipeline)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var errors = new RequestErrors();
        var parameters = new QueryParameters(request, errors, AsOf.Parameter, AttributeNames.Parameter);
        var attributes = LiabilityJson.Attributes.Read(parameters, errors);
        // Before the time is read: what is committed by now counts, even if a clock that was ahead has dated it later.
        var committedEntryId = await reader.ReadLastEntryIdAsync(caller.Site, cancellation);
        var now = await pipeline.FinishBegunAsync().WaitAsync(cancellation);
        var given = AsOf.Read(parameters, caller.Site.TimeZone, now, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var asOf = given ?? now;
        await holds.SettleAsync(caller.Site.Id, cancellation);
        var report = await reader.ReadAsync(caller.Site, asOf, given is null ? committedEntryId : 0, cancellation);
        return JsonObject.Answer(
            json => attributes.Write(json, new Liability(asOf, report), caller.Site.Currency), StatusCodes.Status200OK);
    }
}
