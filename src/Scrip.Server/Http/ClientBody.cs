using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Server.Hosting;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// The body of a request as the client sends it. The one place where it is read. Its time begins with the first read that has to wait for
/// the client, and ends with <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class ClientBody(HttpRequest request) : IAsyncDisposable
{
    /// <summary>Null while nothing had to be waited for: most bodies are there before they are read, and need no timer.</summary>
    private ITimer? timer;

    /// <summary>
    /// Waits for the next bytes of the body and returns how many there are, 0 at its end. No token cancels it: Kestrel ends the read itself
    /// when the connection breaks, and reports an abandoned read as an error.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body does not follow HTTP, or arrives too slowly.</exception>
    /// <exception cref="BodyTimeoutException">The body takes longer than it may.</exception>
    /// <exception cref="ClientGoneException">The connection was reset, or on HTTP/2 the stream.</exception>
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
                    // The read is over for Kestrel, too: it can still throw away what comes of the body.
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
            // A chunk size of 2^31 or more; Kestrel refuses every other one that it cannot read in this way itself.
            throw new BadHttpRequestException("Bad chunk size data.", StatusCodes.Status400BadRequest, fault);
        }
        catch (Exception gone) when (IsOfTheConnection(gone))
        {
            throw new ClientGoneException(gone);
        }
    }

    /// <summary>Waits for a timer that is just running out: what it cancels must not be a read of the connection's next request.</summary>
    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private int MaxSeconds => request.HttpContext.RequestServices.GetRequiredService<IOptions<ScripOptions>>().Value.MaxBodySeconds;

    private ITimer StartTimer() => request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().CreateTimer(
        static reader => EndRead((PipeReader)reader!), request.BodyReader, TimeSpan.FromSeconds(MaxSeconds), Timeout.InfiniteTimeSpan);

    /// <summary>Ends the read that waits, or else the next one.</summary>
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
    /// Kestrel has a type for a connection that was reset, but reports a stream of HTTP/2 that was reset as a plain IOException. A body
    /// that does not follow HTTP has a type of its own.
    /// </summary>
    private static bool IsOfTheConnection(Exception fault) => fault switch
    {
        BadHttpRequestException => false,
        _ => fault is IOException or OperationCanceledException,
    };
}
