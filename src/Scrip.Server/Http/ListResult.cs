using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Access;
using Scrip.Storage;

namespace Scrip.Server.Http;

internal static class ListResult
{
    public const string TotalCount = "X-Total-Count";
}

/// <summary>
/// Returns a whole list as JSON or as a file, row by row and in constant memory, or one page with links to the others.
/// </summary>
internal sealed class ListResult<TRow>(ListRequest<TRow> request, Site site) : IResult
    where TRow : allows ref struct
{
    private readonly PageRequest asked = request.Page;

    internal delegate long IdOfRow(in TRow row);

    internal delegate TRow Change(in TRow row);

    /// <summary>The plural name of the rows, with which the name of a file begins.</summary>
    public required string Name { get; init; }

    /// <summary>Reads the rows of the page, counted if <see cref="PageRequest.IsCounted"/> says so.</summary>
    public required Func<CancellationToken, ValueTask<IRows<TRow>>> Query { get; init; }

    /// <summary>Counts the rows of a file before it is written.</summary>
    public required Func<CancellationToken, ValueTask<long>> Count { get; init; }

    public required IdOfRow IdOf { get; init; }

    /// <summary>The change to apply to each row; null for none.</summary>
    public Change? Foresee { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        if (request.File is { } form)
            return SendFileAsync(httpContext, form);
        httpContext.Response.ContentType = "application/json";
        return asked.Paging == Paging.None ? SendJsonAsync(httpContext) : WritePageAsync(httpContext);
    }

    private async Task SendJsonAsync(HttpContext context)
    {
        using var answer = new JsonArrayAnswer(context.Response);
        // The headers are the same whatever is in the list: the table is not walked for them.
        if (HttpMethods.IsHead(context.Request.Method))
            await answer.EndAsync(context.RequestAborted);
        else
            await RowStream.SendAsync(
                context, answer, Query, (in row) => request.Attributes.Write(answer.Json, Foreseen(row), site.Currency));
    }

    private async Task SendFileAsync(HttpContext context, FileForm form)
    {
        // Counting costs about as much as reading. A sheet that ends too early would be worse, and nothing can be refused later.
        if (form.MaxRows is { } most && await Count(context.RequestAborted) is var rows && rows > most)
        {
            await FileForm.TooMany(rows).ExecuteAsync(context);
            return;
        }
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        form.AddHeaders(context, Name, site.Name, timeZone);
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        using var answer = new FileAnswer(context.Response, form, Name, timeZone);
        answer.Cells.WriteCaptions(request.Attributes.Names);
        await RowStream.SendAsync(context, answer, Query, (in row) =>
        {
            request.Attributes.Write(answer.Cells, Foreseen(row), site.Currency);
            answer.Cells.EndRow();
        });
    }

    /// <summary>
    /// Writes a page. It has at most 5,000 rows and is written completely before its headers, which tell whether there is a next page.
    /// </summary>
    private async Task WritePageAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var page = new ArrayBufferWriter<byte>();
        var written = 0;
        var lastId = 0L;
        var hasMore = false;
        long? total;
        await using (var rows = await Query(cancellation))
        await using (var json = new Utf8JsonWriter(page, JsonForm.Options))
        {
            json.WriteStartArray();
            while (await rows.ReadAsync(cancellation))
            {
                hasMore = written == asked.PageSize;
                if (hasMore)
                    continue;
                request.Attributes.Write(json, Foreseen(rows.Current), site.Currency);
                lastId = IdOf(rows.Current);
                written++;
            }
            json.WriteEndArray();
            total = rows.Total;
        }

        var links = new PageLinks(context.Request);
        if (asked.Paging == Paging.ByCursor)
            links.AddWalk(hasMore ? lastId : null);
        if (total is { } all)
        {
            context.Response.Headers[ListResult.TotalCount] = all.ToString(CultureInfo.InvariantCulture);
            if (asked.Paging == Paging.ByNumber)
                links.AddPages(asked.Page, asked.PageSize, all);
        }
        context.Response.Headers.Link = links.ToString();
        context.Response.ContentLength = page.WrittenCount;
        await context.Response.Body.WriteAsync(page.WrittenMemory, cancellation);
    }

    private TRow Foreseen(in TRow row) => Foresee is null ? row : Foresee(row);
}
