using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scrip.Server.Logging;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Http;

/// <summary>Sends the rows of a query while they are read. If a row fails, the connection is broken.</summary>
internal static class RowStream
{
    internal delegate void WriteRow<TRow>(in TRow row)
        where TRow : allows ref struct;

    public static async Task SendAsync<TRow>(
        HttpContext context, IStreamedAnswer answer, Func<CancellationToken, ValueTask<IRows<TRow>>> query, WriteRow<TRow> write)
        where TRow : allows ref struct
    {
        var cancellation = context.RequestAborted;
        await using var rows = await query(cancellation);
        // Also ends the wait for a slow client.
        using var cutting = rows.Cut.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context);
        try
        {
            while (await rows.ReadAsync(cancellation))
            {
                write(rows.Current);
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
}
