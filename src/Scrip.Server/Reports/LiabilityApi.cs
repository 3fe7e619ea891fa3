using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Reports;
using Scrip.Server.Auth;
using Scrip.Server.Lists;
using Scrip.Server.OpenApi;
using Scrip.Server.Redemptions;
using Scrip.Server.Requests;

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
        HttpRequest request, Caller caller, LiabilityReader reader, HoldExpiry holds, TimeProvider time)
    {
        var errors = new RequestErrors();
        var parameters = new QueryParameters(request, errors, AsOf.Parameter);
        var asOf = AsOf.Read(parameters, caller.Site.TimeZone, time.GetUtcNow(), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var cancellation = request.HttpContext.RequestAborted;
        await holds.SettleAsync(caller.Site.Id, cancellation);
        var report = await reader.ReadAsync(caller.Site, asOf, cancellation);
        return JsonObject.Answer(json => Write(json, report, asOf, caller.Site.Currency), StatusCodes.Status200OK);
    }

    private static void Write(Utf8JsonWriter json, LiabilityReport report, DateTimeOffset asOf, Currency currency)
    {
        json.WriteStartObject();
        json.WriteString("as_of", asOf.UtcDateTime);
        json.WriteString("currency", currency.Code);
        WriteTotals(json, report.Total, currency);
        json.WriteStartArray("months");
        foreach (var (month, totals) in report.ByMonthOfIssue)
        {
            json.WriteStartObject();
            json.WriteString("month", month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
            WriteTotals(json, totals, currency);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, LiabilityTotals totals, Currency currency)
    {
        json.WriteNumber("certificates", totals.Certificates);
        Amount("issued", totals.Issued);
        Amount("adjusted", totals.Adjusted);
        Amount("captured", totals.Captured);
        Amount("refunded", totals.Refunded);
        Amount("forfeited", totals.Forfeited);
        Amount("outstanding", totals.Outstanding);
        Amount("held", totals.Held);
        Amount("inactive", totals.Inactive);
        Amount("not_started", totals.NotStarted);
        Amount("expired", totals.Expired);

        void Amount(string name, Int128 minor) => json.WriteString(name, Amounts.Text(minor, currency));
    }
}
