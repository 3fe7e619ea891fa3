using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Server.Auth;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>Answers a list: all of it, row by row and in constant memory, or one page with what leads to the others.</summary>
internal sealed class CertificateListResult(IStore store, Caller caller, ListRequest list) : IResult
{
    private const string TotalCount = "X-Total-Count";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        if (list.Paging == Paging.None)
            await StreamAsync(httpContext);
        else
            await WritePageAsync(httpContext);
    }

    private async Task StreamAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        using var rows = await store.QueryAsync(caller.Site.Id, list.Query, cancellation);
        var format = new CertificateJson(caller.Site.Currency);
        using var answer = new JsonArrayAnswer(context.Response);
        while (await rows.ReadAsync(cancellation))
        {
            format.Write(answer.Json, rows.Current, list.Fields);
            if (!await answer.SendFullAsync(cancellation))
                return;
        }
        await answer.EndAsync(cancellation);
    }

    /// <summary>A page is at most 5,000 rows: it is written whole before its headers, which say whether there is a next one.</summary>
    private async Task WritePageAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var page = new ArrayBufferWriter<byte>();
        var written = 0;
        var lastId = 0L;
        var hasMore = false;
        using (var rows = await store.QueryAsync(caller.Site.Id, list.Query, cancellation))
        await using (var json = new Utf8JsonWriter(page, CertificateJson.Options))
        {
            var format = new CertificateJson(caller.Site.Currency);
            json.WriteStartArray();
            while (await rows.ReadAsync(cancellation))
            {
                hasMore = written == list.PageSize;
                if (hasMore)
                    break;
                format.Write(json, rows.Current, list.Fields);
                lastId = rows.Current.Id;
                written++;
            }
            json.WriteEndArray();
        }

        var links = new PageLinks(context.Request);
        if (list.Paging == Paging.ByCursor)
            links.AddWalk(hasMore ? lastId : null);
        // Counting what a filter matches costs as much as the whole list; a walk through it is not to pay that on every page.
        if (list.Paging == Paging.ByNumber || !(list.Query with { AfterId = null }).HasFilters)
        {
            var total = await store.CountAsync(caller.Site.Id, list.Query with { AfterId = null }, cancellation);
            context.Response.Headers[TotalCount] = total.ToString(CultureInfo.InvariantCulture);
            if (list.Paging == Paging.ByNumber)
                links.AddPages(list.Page, list.PageSize, total);
        }
        context.Response.Headers.Link = links.ToString();
        context.Response.ContentLength = page.WrittenCount;
        await context.Response.Body.WriteAsync(page.WrittenMemory, cancellation);
    }
}
