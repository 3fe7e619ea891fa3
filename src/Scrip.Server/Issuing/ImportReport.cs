using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Files.Import;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Issuing;

/// <summary>The result of an import. A refused file gets a problem with the same members.</summary>
/// <param name="outcome">Null if the file was refused before the ledger was asked.</param>
internal sealed class ImportReport(ImportResult file, ImportOutcome? outcome, Site site)
{
    private readonly ImportResult file = file;
    private readonly Currency currency = site.Currency;

    /// <summary>The file and its options, if refused rows come back as a file; otherwise null.</summary>
    public (byte[] File, ImportOptions Options)? ErrorsFile { get; init; }

    private int Refused => file.Refused.Count + (outcome?.FaultyItems ?? 0);

    private IEnumerable<ImportFinding> Errors => file.Errors.Concat(outcome?.Faults.Select(Describe) ?? []);

    public IResult Accept(int status) =>
        ErrorsFile is { } again && Refused > 0 ? Rows(again, status) : JsonObject.Answer(WriteMembers, status);

    public IResult Refuse(string? traceId) =>
        ErrorsFile is { } again && Refused > 0 ? Rows(again, StatusCodes.Status400BadRequest) : new Refusal(this, traceId);

    private RefusedRowsAnswer Rows((byte[] File, ImportOptions Options) again, int status) =>
        new(again.File, again.Options, RefusedRows.ReasonsOf(Errors), Totals(), site.Name) { Status = status };

    /// <summary>A fault that the ledger found, with its place in the file.</summary>
    private ImportFinding Describe(ItemFault fault)
    {
        var (column, rule, detail) = fault.Kind switch
        {
            ItemFaultKind.CodeTaken => (file.CodeCaption, ErrorCodes.CodeTaken, $"Certificate {Number()} has this code."),
            ItemFaultKind.CodeSimilar => (
                file.CodeCaption,
                ImportFault.SimilarCode,
                $"The code differs from that of certificate {Number()} only in what people mix up."),
            ItemFaultKind.ValueBelowUsed => (
                file.ValueCaption,
                ErrorCodes.ValueBelowUsed,
                $"Of the certificate {Amount()} are spent or held. Its value cannot be lower."),
            ItemFaultKind.BalanceDiffers => (
                file.BalanceCaption,
                ImportFault.BalanceDiffers,
                $"The certificate has a balance of {Amount()} with this value. An import does not change what was spent: redeem, refund or "
                + "write off the difference, or leave the balance out."),
            ItemFaultKind.ExpiresBeforeStart => (
                null, ImportFault.ExpiresBeforeStart, "With what the file leaves as it is, the certificate would expire before it starts."),
            ItemFaultKind.CodeNotAllowed or ItemFaultKind.NotFound or ItemFaultKind.VersionMismatch or ItemFaultKind.NothingLeft
                or ItemFaultKind.AmountAboveBalance => throw new InvalidOperationException($"No import refuses {fault.Kind}."),
        };
        return new(file.Certificates[fault.Index].Row, column, rule, detail);

        string Number() => fault.Evidence.ToString(CultureInfo.InvariantCulture);

        string Amount() => Amounts.Text(fault.Evidence, currency);
    }

    /// <summary>The report in one line: without its errors, and of its warnings only the codes.</summary>
    private string Totals()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteTotals(json);
            json.WriteStartArray("warnings");
            foreach (var warning in file.Warnings)
                json.WriteStringValue(warning.Code);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCounts(json);
        json.WriteEndObject();
    }

    private void WriteCounts(Utf8JsonWriter json)
    {
        WriteTotals(json);
        Write(json, "warnings", file.Warnings);
        Write(json, "errors", Errors.OrderBy(error => error.Row).Take(RequestErrors.MaxErrors));
    }

    private void WriteTotals(Utf8JsonWriter json)
    {
        json.WriteNumber("rows", file.Rows);
        json.WriteNumber("created", outcome?.Created ?? 0);
        json.WriteNumber("updated", outcome?.Updated ?? 0);
        json.WriteNumber("skipped", outcome?.Skipped ?? 0);
        json.WriteNumber("refused", Refused);
        json.WriteNumber("value", (long)(outcome?.Value ?? 0) / currency.MinorUnitsPerUnit);
        json.WriteString("balance", Amounts.Text((Int128)(outcome?.Balance ?? 0), currency));
        json.WriteString("adjusted", Amounts.Text((Int128)(outcome?.Adjusted ?? 0), currency));
        if (outcome is { BatchId: > 0 and var batch })
            json.WriteNumber("batch_id", batch);
        else
            json.WriteNull("batch_id");
        json.WriteString("source", file.Source);
        json.WriteString("decimal", ImportRequest.NameOf(file.Decimal));
        json.WriteString("dates", ImportRequest.NameOf(file.Dates));
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ImportFinding> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            if (finding.Row is { } row)
                json.WriteNumber("row", row);
            else
                json.WriteNull("row");
            json.WriteString("column", finding.Column);
            json.WriteString("code", finding.Code);
            json.WriteString("detail", finding.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private sealed class Refusal(ImportReport report, string? traceId) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var type = ProblemType.InvalidRequest;
            var body = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(body, JsonForm.Options))
            {
                json.WriteStartObject();
                json.WriteString("type", type.Uri);
                json.WriteString("title", type.Title);
                json.WriteNumber("status", type.Status);
                json.WriteString("detail", Detail(report));
                report.WriteCounts(json);
                json.WriteString("trace_id", traceId ?? ProblemResult.TraceIdOf(httpContext));
                json.WriteEndObject();
            }
            var response = httpContext.Response;
            response.StatusCode = type.Status;
            response.ContentType = ProblemResult.ContentType;
            response.ContentLength = body.WrittenCount;
            response.Headers.CacheControl = "no-store";
            return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
        }

        private static string Detail(ImportReport report)
        {
            if (report.Refused == 0)
                return "The file is refused; nothing was stored.";
            var rows = report.file.Rows == 1 ? "row" : "rows";
            var are = report.Refused == 1 ? "is" : "are";
            return string.Create(
                CultureInfo.InvariantCulture, $"{report.Refused} of {report.file.Rows} {rows} {are} refused; nothing was stored.");
        }
    }
}
