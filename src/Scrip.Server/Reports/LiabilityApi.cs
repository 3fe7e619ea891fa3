using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server.Reports;

/// <summary>The call for what the shop owes for its certificates, at any instant (docs/api/redemptions.md).</summary>
public static class LiabilityApi
{
    public static RouteGroupBuilder MapLiability(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/liability", Report).RequireScope(Scopes.ReportsRead);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/liability", allow: "GET, HEAD").OpenToAll();
        return group;
    }

    private static async Task<IResult> Report(
        HttpRequest request, Caller caller, IStore store, LiabilityReader reader, HoldExpiry holds, WritePipeline pipeline)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var errors = new RequestErrors();
        var parameters = new QueryParameters(
            request, errors, [ReportPeriod.Parameter, AsOf.Parameter, .. FileForm.Parameters, AttributeNames.Parameter]);
        // Read before the time: what is committed by now counts, even if a clock that ran ahead dated it later.
        var committedEntryId = await store.ReadLastEntryIdAsync(caller.Site.Id, cancellation);
        var now = await pipeline.FinishBegunAsync(caller.Site.Id).WaitAsync(cancellation);
        var period = ReportPeriod.Read(parameters, caller.Site.TimeZone, now, errors);
        var given = period is null ? AsOf.Read(parameters, caller.Site.TimeZone, now, errors) : period.Closing;
        var file = FileForm.Read(parameters, errors);
        var (members, columns) = period is null
            ? (LiabilityJson.OfInstant, LiabilityJson.OfMonths)
            : (LiabilityJson.OfPeriod, LiabilityJson.OfMonthsInPeriod);
        var json = file is null ? members.Read(parameters, errors) : default;
        var cells = file is null ? default : columns.ReadForFile(parameters, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var asOf = given ?? now;
        await holds.SettleAsync(caller.Site.Id, cancellation);
        var report = await reader.ReadAsync(caller.Site, period?.Opening, asOf, given is null ? committedEntryId : 0, cancellation);
        var liability = new Liability(period?.From, period?.End ?? asOf, report);
        return file is not null ? new LiabilityFile(liability, file, cells, caller.Site)
            : JsonObject.Answer(writer => json.Write(writer, liability, caller.Site.Currency), StatusCodes.Status200OK);
    }
}
