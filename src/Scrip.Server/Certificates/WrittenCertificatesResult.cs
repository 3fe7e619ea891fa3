using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Server.Http;

namespace Scrip.Server.Certificates;

/// <summary>Returns the certificates that a bulk call wrote, in the order of its items, and the address of their batch.</summary>
internal sealed class WrittenCertificatesResult(int status, CertificatesOutcome outcome, Currency currency) : IResult
{
    private const string Batches = "/external/payment-certificate/batch/";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        if (outcome.BatchId > 0)
            httpContext.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{Batches}{outcome.BatchId}/");
        using var answer = new JsonArrayAnswer(httpContext.Response);
        for (var index = 0; index < outcome.Lines.Count; index++)
        {
            long? balance = outcome.Balances.Count > 0 ? outcome.Balances[index] : null;
            CertificateJson.Write(answer.Json, outcome.Lines[index], balance, currency);
            if (!await answer.SendFullAsync(httpContext.RequestAborted))
                return;
        }
        await answer.EndAsync(httpContext.RequestAborted);
    }
}
