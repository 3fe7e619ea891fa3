using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Server.Hosting;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// The body of a request as the client sends it. All code that reads a body uses this class. Its time limit starts with the first read that
/// must wait for the client, and ends with <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class ClientBody(HttpRequest request) : IAsyncDisposable
{
    /// <summary>Null until a read has to wait: most bodies arrive before they are read and need no timer.</summary>
    private ITimer? timer;

    /// <summary>
    /// Waits for the next bytes of the body and returns their number, 0 at its end. No token cancels it: Kestrel ends the read itself when
    /// the connection breaks, and reports an abandoned read as an error.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body is not valid HTTP, or arrives too slowly.</exception>
    /// <exception cref="BodyTimeoutException">The body exceeds its time limit.</exception>
    /// <exception cref="ClientGoneException">The connection was reset, or the stream on HTTP/2.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                var reading = request.BodyReader.ReadAsync(CancellationToken.None);
                if (!reading.IsCompleted)
                    timer ??= StartTimer();
                var result = await reading;
                if (result.IsCanceled)
                {
                    // Ends the read for Kestrel too, which can still discard the rest of the body.
                    request.BodyReader.AdvanceTo(result.Buffer.Start);
                    throw new BodyTimeoutException(MaxSeconds);
                }
                var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
                taken.CopyTo(buffer.Span);
                var length = (int)taken.Length;
                request.BodyReader.AdvanceTo(taken.End);
                if (length > 0 || result.IsCompleted)
                    return length;
            }
        }
        catch (IOException fault) when (fault.InnerException is OverflowException)
        {
            // A chunk size of 2^31 or more. Kestrel itself refuses every other chunk that it cannot read.
            throw new BadHttpRequestException("Bad chunk size data.", StatusCodes.Status400BadRequest, fault);
        }
        catch (Exception gone) when (IsOfTheConnection(gone))
        {
            throw new ClientGoneException(gone);
        }
    }

    /// <summary>Waits for a timer that is just expiring: it must not cancel a read of the connection's next request.</summary>
    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private int MaxSeconds => request.HttpContext.RequestServices.GetRequiredService<IOptions<ScripOptions>>().Value.MaxBodySeconds;

    private ITimer StartTimer() => request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().CreateTimer(
        static reader => EndRead((PipeReader)reader!), request.BodyReader, TimeSpan.FromSeconds(MaxSeconds), Timeout.InfiniteTimeSpan);

    /// <summary>Ends the pending read, or else the next one.</summary>
    private static void EndRead(PipeReader reader)
    {
        try
        {
            reader.CancelPendingRead();
        }
        catch (Exception gone) when (IsOfTheConnection(gone) || gone is BadHttpRequestException)
        {
            // The connection broke at the same moment, which ends the read as well.
        }
    }

    /// <summary>
    /// Whether the fault is that of the connection. Kestrel has an exception type for a connection that was reset, but reports a reset
    /// HTTP/2 stream as a plain IOException. A body that is not valid HTTP has its own type.
    /// </summary>
    private static bool IsOfTheConnection(Exception fault) => fault switch
    {
        BadHttpRequestException => false,
        _ => fault is IOException or OperationCanceledException,
    };
}
