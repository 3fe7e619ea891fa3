using System.Buffers;
using Microsoft.AspNetCore.Http;
using Scrip.Files.Import;
using Scrip.Files.Tables;
using Scrip.Server.Http;

namespace Scrip.Server.Issuing;

/// <summary>Returns the refused rows of an imported file as csv, and the totals of the import in a header.</summary>
/// <param name="totals">The totals as JSON, in one line.</param>
internal sealed class RefusedRowsAnswer(
    byte[] file, ImportOptions options, IReadOnlyDictionary<int, string> reasons, string totals, string siteName) : IResult
{
    /// <summary>The header with the totals, which the file has no place for.</summary>
    public const string Report = "X-Import-Report";

    public required int Status { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var again = new MemoryStream(file, writable: false))
            RefusedRows.Write(again, options, reasons, body);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentLength = body.WrittenCount;
        new FileForm(CsvSeparator.Comma).AddHeaders(httpContext, "import-errors", siteName, options.TimeZone);
        response.Headers[Report] = totals;
        return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }
}
