using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Files.Import;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Issuing;

/// <summary>The result of an import. A refused file gets a problem with the same members.</summary>
/// <param name="outcome">Null if the file was refused before the ledger was asked.</param>
internal sealed class ImportReport(ImportResult file, ImportOutcome? outcome, Currency currency)
{
    private readonly ImportResult file = file;

    private readonly ImportFinding[] errors =
    [
        .. file.Errors.Concat(outcome?.Faults.Select(fault => Describe(fault, file)) ?? []).OrderBy(error => error.Row)
            .Take(RequestErrors.MaxErrors),
    ];

    private int Refused => file.Refused.Count + (outcome?.FaultyItems ?? 0);

    public IResult Accept(int status) => JsonObject.Answer(WriteMembers, status);

    public IResult Refuse(string? traceId) => new Refusal(this, traceId);

    /// <summary>A fault that the ledger found, with its place in the file.</summary>
    private static ImportFinding Describe(ItemFault fault, ImportResult file)
    {
        var holder = fault.Evidence.ToString(CultureInfo.InvariantCulture);
        var (rule, detail) = fault.Kind == ItemFaultKind.CodeTaken
            ? (ErrorCodes.CodeTaken, $"Certificate {holder} has this code.")
            : (ImportFault.SimilarCode, $"The code differs from that of certificate {holder} only in what people mix up.");
        return new(file.Certificates[fault.Index].Row, file.CodeCaption, rule, detail);
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCounts(json);
        json.WriteEndObject();
    }

    private void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteNumber("rows", file.Rows);
        json.WriteNumber("created", outcome?.Created ?? 0);
        json.WriteNumber("skipped", outcome?.Skipped ?? 0);
        json.WriteNumber("refused", Refused);
        json.WriteNumber("value", (long)(outcome?.Value ?? 0) / currency.MinorUnitsPerUnit);
        json.WriteString("balance", Amounts.Text((Int128)(outcome?.Balance ?? 0), currency));
        if (outcome is { BatchId: > 0 and var batch })
            json.WriteNumber("batch_id", batch);
        else
            json.WriteNull("batch_id");
        json.WriteString("source", file.Source);
        json.WriteString("decimal", ImportRequest.NameOf(file.Decimal));
        json.WriteString("dates", ImportRequest.NameOf(file.Dates));
        Write(json, "warnings", file.Warnings);
        Write(json, "errors", errors);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ImportFinding> findings)
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
