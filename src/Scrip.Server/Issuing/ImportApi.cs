using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Files.Import;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Writes;

namespace Scrip.Server.Issuing;

/// <summary>Imports certificates from files of Scrip or of other products (docs/issuing.md).</summary>
public static class ImportApi
{
    private static readonly string[] MediaTypes = [FileForm.CsvType, FileForm.XlsxType];

    public static RouteGroupBuilder MapImport(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapPost("/import", Import).RequireScope(Scopes.CertificatesWrite);
        // Without this, the other methods would look for a certificate with this id.
        group.MapOtherMethods("/import", allow: HttpMethods.Post).OpenToAll();
        return group;
    }

    private static async Task<IResult> Import(WriteRequest request, BulkGate gate)
    {
        using var place = gate.Approach(request.Site.Id);
        var import = ImportRequest.Read(request, gate.MaxItems, place.Form.MaxBodyBytes);
        // A dry run stores nothing that a retry could store again.
        var form = place.Form with { MediaTypes = MediaTypes, NeedsKey = !import.IsDryRun };
        byte[]? again = null;
        var input = await request.ReadFileAsync(form, import.Call, stream =>
        {
            again = import.HasErrorsFile ? stream.ToArray() : null;
            return ImportFile.Read(stream, import.Options);
        });
        if (input.Refusal is { } refusal)
            return refusal;
        var file = input.Body;
        if (file.Errors is [{ Code: ImportFault.TooManyRows }])
            return ProblemFor.TooManyItems(gate.MaxItems);
        if (file.Source is null || (file.Refused.Count > 0 && !import.LeavesOut))
            return ReportOf(outcome: null).Refuse(traceId: null);
        var written = await request.WriteAsync(new ImportCertificates(ImportItems.NewOf(file.Certificates))
        {
            Origin = import.IsDryRun ? input.Origin with { Identity = null } : input.Origin,
            Updates = import.Existing == ExistingCodes.Update ? ImportItems.ChangesOf(file.Certificates) : [],
            Existing = import.Existing,
            LeavesOut = import.LeavesOut,
            IsDryRun = import.IsDryRun,
            Batch = new NewBatch(import.BatchName, BatchSource.Imported, request.Site.Currency),
        });
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        return outcome.IsAccepted
            ? ReportOf(outcome).Accept(import.IsDryRun ? StatusCodes.Status200OK : StatusCodes.Status201Created)
            : ReportOf(outcome).Refuse(written.TraceId);

        ImportReport ReportOf(ImportOutcome? outcome) => new(file, outcome, request.Site)
        {
            ErrorsFile = again is null ? null : (again, import.Options),
        };
    }
}
