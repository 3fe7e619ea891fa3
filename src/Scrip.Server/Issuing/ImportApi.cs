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
        var input = await request.ReadFileAsync(form, import.Call, stream => ImportFile.Read(stream, import.Options));
        if (input.Refusal is { } refusal)
            return refusal;
        var file = input.Body;
        if (file.Errors is [{ Code: ImportFault.TooManyRows }])
            return ProblemFor.TooManyItems(gate.MaxItems);
        if (file.Source is null || (file.Refused.Count > 0 && !import.LeavesOut))
            return new ImportReport(file, outcome: null, request.Site.Currency).Refuse(traceId: null);
        var written = await request.WriteAsync(new ImportCertificates([.. file.Certificates.Select(ToNew)])
        {
            SiteId = request.Site.Id,
            Actor = request.Caller.Actor,
            Identity = import.IsDryRun ? null : input.Identity,
            Existing = import.Existing,
            LeavesOut = import.LeavesOut,
            IsDryRun = import.IsDryRun,
            Batch = new NewBatch(import.BatchName, BatchSource.Imported, request.Site.Currency),
        });
        if (written.Outcome is not { } outcome)
            return ProblemFor.KeyReused();
        var report = new ImportReport(file, outcome, request.Site.Currency);
        return outcome.IsAccepted
            ? report.Accept(import.IsDryRun ? StatusCodes.Status200OK : StatusCodes.Status201Created)
            : report.Refuse(written.TraceId);
    }

    private static NewCertificate ToNew(ImportedCertificate row)
    {
        // The reader has checked it.
        _ = CertificateCode.TryCreate(row.Code, out var code);
        var terms = new CertificateTerms
        {
            StartsAt = row.StartsAt?.ToMicrosecond(),
            ExpiresAt = row.ExpiresAt?.ToMicrosecond(),
            SingleUse = row.SingleUse == true,
            Note = row.NoteWithNames,
        };
        var ownTerms = terms == CertificateTerms.Unlimited ? null : terms;
        return new(code, row.IsActive ?? true, row.Value, ownTerms, SpentBefore: row.Value - row.Balance);
    }
}
