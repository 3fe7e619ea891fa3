using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Server.Certificates;

/// <summary>Answers what a bulk call wrote, in the order of its items.</summary>
internal sealed class WrittenCertificatesResult(int status, IReadOnlyList<CertificateLine> lines, Currency currency) : IResult
{
    private const int FlushBytes = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        var format = new CertificateJson(currency);
        var output = httpContext.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, CertificateJson.Options);
        json.WriteStartArray();
        foreach (var line in lines)
        {
            format.Write(json, line);
            if (json.BytesPending < FlushBytes)
                continue;
            json.Flush();
            await output.FlushAsync(httpContext.RequestAborted);
        }
        json.WriteEndArray();
    }
}
