using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Access;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Print;

/// <summary>Returns the document, certificate by certificate and in constant memory.</summary>
internal sealed class PrintResult(PrintRequest print, Site site, DateTimeOffset now) : IResult
{
    internal delegate CertificateRow Change(in CertificateRow row);

    public required Func<CancellationToken, ValueTask<IRows<CertificateRow>>> Query { get; init; }

    /// <summary>The change to apply to each certificate; null for none.</summary>
    public required Change? Foresee { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        var headers = httpContext.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentLanguage = print.Language.Code;
        headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture,
            $"inline; filename=\"certificates-{site.Name}-{TimeZoneInfo.ConvertTime(now, zone):yyyy-MM-dd}.html\"");
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = print.Layout.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        using var answer = new PrintAnswer(httpContext.Response, print, new PrintedForms(print.Language, site, now));
        await RowStream.SendAsync(
            httpContext, answer, Query, (in row) => answer.Document.Add(Foresee is null ? row : Foresee(row)));
    }
}
