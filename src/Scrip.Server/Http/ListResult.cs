using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scrip.Ledger.Access;
using Scrip.Server.Logging;
using Scrip.Server.Problems;
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

    private delegate void WriteRow(in TRow row);

    /// <summary>The plural name of the rows, with which the name of a file begins.</summary>
    public required string Name { get; init; }

    /// <summary>Reads the rows of the page.</summary>
    public required Func<CancellationToken, ValueTask<IRows<TRow>>> Query { get; init; }

    /// <summary>Counts the rows of all pages.</summary>
    public required Func<CancellationToken, ValueTask<long>> Count { get; init; }

    public required IdOfRow IdOf { get; init; }

    /// <summary>The change to apply to each row; null for none.</summary>
    public Change? Foresee { get; init; }

    /// <summary>Whether counting is cheap compared to reading a page of rows.</summary>
    public bool IsQuicklyCounted { get; init; }

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
            await StreamAsync(context, answer, (in row) => request.Attributes.Write(answer.Json, row, site.Currency));
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
        await StreamAsync(context, answer, (in row) =>
        {
            request.Attributes.Write(answer.Cells, row, site.Currency);
            answer.Cells.EndRow();
        });
    }

    private async Task StreamAsync(HttpContext context, IStreamedAnswer answer, WriteRow write)
    {
        var cancellation = context.RequestAborted;
        await using var rows = await Query(cancellation);
        // Also ends the wait for a slow client.
        using var cutting = rows.Cut.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context);
        try
        {
            while (await rows.ReadAsync(cancellation))
            {
                write(Foresee is null ? rows.Current : Foresee(rows.Current));
                if (!await answer.SendFullAsync(cancellation))
                    break;
            }
            if (!rows.Cut.IsCancellationRequested)
                await answer.EndAsync(cancellation);
        }
        catch (StorageException) when (rows.Cut.IsCancellationRequested)
        {
            // The connection is already broken.
        }
        finally
        {
            if (rows.Cut.IsCancellationRequested)
                NoteCut(context);
        }
    }

    private static void NoteCut(HttpContext context) => LogMessages.ListCut(
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Scrip.Lists"), ProblemResult.TraceIdOf(context));

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
        await using (var rows = await Query(cancellation))
        await using (var json = new Utf8JsonWriter(page, JsonForm.Options))
        {
            json.WriteStartArray();
            while (await rows.ReadAsync(cancellation))
            {
                hasMore = written == asked.PageSize;
                if (hasMore)
                    break;
                request.Attributes.Write(json, Foresee is null ? rows.Current : Foresee(rows.Current), site.Currency);
                lastId = IdOf(rows.Current);
                written++;
            }
            json.WriteEndArray();
        }

        var links = new PageLinks(context.Request);
        var isWalk = asked.Paging == Paging.ByCursor;
        if (isWalk)
            links.AddWalk(hasMore ? lastId : null);
        // Counting the matches of a filter costs as much as the whole list, and a walk by <c>after</c> must not pay that on every page.
        if (!isWalk || IsQuicklyCounted)
        {
            // A page that is not full is the last one, unless it is past the end.
            var isLast = !isWalk && written < asked.PageSize && (written > 0 || asked.Skip == 0);
            var total = isLast ? asked.Skip + written : await Count(cancellation);
            context.Response.Headers[ListResult.TotalCount] = total.ToString(CultureInfo.InvariantCulture);
            if (!isWalk)
                links.AddPages(asked.Page, asked.PageSize, total);
        }
        context.Response.Headers.Link = links.ToString();
        context.Response.ContentLength = page.WrittenCount;
        await context.Response.Body.WriteAsync(page.WrittenMemory, cancellation);
    }
}
