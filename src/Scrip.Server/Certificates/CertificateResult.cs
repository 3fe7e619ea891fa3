using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Returns one certificate, with its ETag.</summary>
internal sealed class CertificateResult : IResult
{
    private readonly ArrayBufferWriter<byte> body = new(128);
    private readonly long version;

    /// <param name="balance">In minor units; null if the response has only the document's four members.</param>
    public CertificateResult(in CertificateLine line, long? balance, Currency currency)
    {
        version = line.Version;
        using var json = new Utf8JsonWriter(body, JsonForm.Options);
        CertificateJson.Write(json, line, balance, currency);
    }

    public CertificateResult(in CertificateRow row, Attributes<CertificateRow>.Selection attributes, Currency currency)
    {
        version = row.Version;
        using var json = new Utf8JsonWriter(body, JsonForm.Options);
        attributes.Write(json, row, currency);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = EntityTags.For(version);
        response.Headers.CacheControl = "private, no-cache";
        if (httpContext.Request.IsRead() && EntityTags.IsNotModified(httpContext.Request, version))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }
}
