using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Client;
using Scrip.Ledger.Access;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Certificates as a document for the browser's print dialog (docs/issuing.md).</summary>
public static class PrintApi
{
    public static RouteGroupBuilder MapPrint(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/print", Print).RequireScope(Scopes.CertificatesRead);
        // Otherwise the other methods would look for a certificate with such an id.
        group.MapOtherMethods("/print", allow: "GET, HEAD").OpenToAll();
        return group;
    }

    private static async Task<IResult> Print(
        HttpRequest request, Caller caller, IStore store, HoldExpiry holds, TimeProvider time)
    {
        var errors = new RequestErrors();
        var print = PrintRequest.Read(new QueryParameters(request, errors, PrintRequest.Parameters), caller.Site, errors);
        if (errors.Any)
            return errors.ToQueryProblem();
        var cancellation = request.HttpContext.RequestAborted;
        var refusal = print.Query.BatchId is { } batchId
            ? await RefuseBatchAsync(store, caller.Site, batchId, print, cancellation)
            : await RefuseIdsAsync(store, caller.Site, print, cancellation);
        if (refusal is not null)
            return refusal;
        var foreseen = await holds.SettleOrForeseeAsync(caller.Site.Id, cancellation);
        return new PrintResult(print, caller.Site, time.GetUtcNow())
        {
            Query = token => store.QueryAsync(caller.Site.Id, print.Query, token),
            Foresee = foreseen is null ? null : foreseen.Foresee,
        };
    }

    private static async Task<ProblemResult?> RefuseBatchAsync(
        IStore store, Site site, long batchId, PrintRequest print, CancellationToken cancellation)
    {
        if (await store.FindBatchAsync(site.Id, batchId, cancellation) is not { } batch)
            return NotFound([new("?batch_id", ErrorCodes.NotFound, $"Batch {Text(batchId)} was not found.")]);
        if (print.Query.Take is not null || batch.Certificates <= PrintRequest.MaxCertificates)
            return null;
        var errors = new RequestErrors();
        errors.Add(
            "?batch_id",
            ErrorCodes.OutOfRange,
            $"The batch has {Text(batch.Certificates)} certificates, and a document at most {Text(PrintRequest.MaxCertificates)}. "
            + "Print it in parts, with page and page_size.");
        return errors.ToQueryProblem();
    }

    /// <summary>Certificates are never deleted: those found here are still there when they are printed.</summary>
    private static async Task<ProblemResult?> RefuseIdsAsync(
        IStore store, Site site, PrintRequest print, CancellationToken cancellation)
    {
        var missing = print.Query.Ids!.ToHashSet();
        await using (var rows = await store.QueryAsync(site.Id, print.Query with { AllAttributes = false }, cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                missing.Remove(rows.Current.Id);
        }
        return missing.Count == 0
            ? null
            : NotFound([.. missing.Order().Select(id => new ProblemError(
                "?id", ErrorCodes.NotFound, $"Certificate {Text(id)} was not found."))]);
    }

    private static ProblemResult NotFound(IReadOnlyList<ProblemError> errors) =>
        new(ProblemType.NotFound, "Nothing was printed.", errors);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
