using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Entries;

/// <summary>The journal of a certificate and of the whole site (docs/api/redemptions.md).</summary>
public static class EntriesApi
{
    private static readonly string[] Filters = ["created_after", "created_before", "kind", "certificate_id", "reference"];

    public static RouteGroupBuilder MapEntries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/entry", Journal).RequireScope(Scopes.ReportsRead);
        group.MapGet("/{id}/entry", Timeline).RequireScope(Scopes.CertificatesRead);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/entry", allow: "GET, HEAD").OpenToAll();
        return group;
    }

    private static Task<IResult> Journal(HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var parameters = new QueryParameters(request, errors, [.. ListRequest.Parameters, .. Filters]);
        var kindName = parameters.Text("kind");
        var kind = kindName is null ? null : EntryJson.KindNamed(kindName);
        if (kindName is not null && kind is null)
            errors.Add("?kind", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", EntryJson.KindNames)}.");
        var query = new EntryQuery
        {
            CertificateId = parameters.Integer("certificate_id", 1, long.MaxValue),
            Reference = parameters.SearchText("reference", Redemption.MaxReferenceLength),
            Kind = kind,
            CreatedAfter = parameters.Instant("created_after"),
            CreatedBefore = parameters.Instant("created_before"),
        };
        return ListAsync(request.HttpContext, parameters, errors, query, pathId: null, caller, store, holds);
    }

    private static Task<IResult> Timeline(string id, HttpRequest request, Caller caller, IStore store, HoldExpiry holds)
    {
        var errors = new RequestErrors();
        var parameters = new QueryParameters(request, errors, ListRequest.Parameters);
        _ = PathId.TryParse(id, out var certificateId);
        var query = new EntryQuery { CertificateId = certificateId };
        return ListAsync(request.HttpContext, parameters, errors, query, id, caller, store, holds);
    }

    /// <param name="pathId">The id of a certificate that must exist; null for the site's journal.</param>
    private static async Task<IResult> ListAsync(
        HttpContext context,
        QueryParameters parameters,
        RequestErrors errors,
        EntryQuery query,
        string? pathId,
        Caller caller,
        IStore store,
        HoldExpiry holds)
    {
        var list = ListRequest<EntryRow>.Read(parameters, EntryJson.AttributesWith(caller.SeesCodes), errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var (cancellation, paging) = (context.RequestAborted, list.Page);
        if (pathId is not null && !await ExistsAsync(store, caller.Site.Id, query.CertificateId, cancellation))
            return ProblemFor.NoSuchCertificate(pathId);
        if (paging.After is { } after && await store.ReadLastEntryIdAsync(caller.Site.Id, cancellation) is var last && after > last)
            return AfterTheEnd(after, last);
        await holds.SettleAsync(caller.Site.Id, query.CertificateId, cancellation);
        var isCounted = paging.IsCounted(isQuick: false);
        var page = query with { AfterId = paging.After, Skip = paging.Skip, Take = paging.Take, IsCounted = isCounted };
        return new ListResult<EntryRow>(list, caller.Site)
        {
            Name = "entries",
            Query = token => store.QueryAsync(caller.Site.Id, page, token),
            Count = token => store.CountAsync(caller.Site.Id, query, token),
            IdOf = (in row) => row.Id,
        };
    }

    /// <summary>
    /// Refuses a number beyond the last entry. Numbers are assigned once, so such a caller knows a journal that this database does not
    /// have. Returning an empty list, now and for ever, would hide that.
    /// </summary>
    private static ProblemResult AfterTheEnd(long after, long last)
    {
        var errors = new RequestErrors();
        errors.Add(
            "?after",
            ErrorCodes.AfterTheEnd,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The journal ends with entry {last}, before {after}: the database may have been restored from an older backup. Compare "
                + $"your copy with the journal, then continue from {last}."));
        return errors.ToQueryProblem();
    }

    private static async Task<bool> ExistsAsync(IStore store, long siteId, long? certificateId, CancellationToken cancellationToken)
    {
        await using var rows = await store.QueryAsync(siteId, new CertificateQuery { Id = certificateId }, cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }
}
