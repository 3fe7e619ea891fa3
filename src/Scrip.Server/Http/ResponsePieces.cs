using System.Buffers;
using Microsoft.AspNetCore.Http;
using Scrip.Server.Hosting;

namespace Scrip.Server.Http;

/// <summary>
/// A response in pieces of a fixed size however long it becomes. Nothing of it is in the response before the first piece is full: until
/// then a failure can still be answered as a problem.
/// </summary>
internal sealed class ResponsePieces : IDisposable
{
    private const int SmallestBuffer = 4 * 1024;
    private const int PieceBytes = 32 * 1024;

    private readonly HttpResponse response;
    private readonly CancellationTokenSource patience = new();
    private readonly ArrayBufferWriter<byte> piece = new(SmallestBuffer);

    public ResponsePieces(HttpResponse response)
    {
        this.response = response;
        patience.Token.Register(response.HttpContext.Abort);
    }

    /// <summary>What gathers for the next piece.</summary>
    public IBufferWriter<byte> Output => piece;

    /// <param name="pending">Bytes that are written, but not in <see cref="Output"/> yet.</param>
    public bool IsFull(int pending = 0) => piece.WrittenCount + pending >= PieceBytes;

    /// <summary>Sends the piece, full or not. Answers false when nobody is there to read on.</summary>
    public async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        var sending = response.BodyWriter.WriteAsync(piece.WrittenMemory, cancellationToken);
        if (!sending.IsCompleted)
            patience.CancelAfter(SlowClients.StallLimit);
        var sent = await sending;
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
        piece.ResetWrittenCount();
        // Kestrel silently drops what is written after the client has gone. The token reports that, but cancelling it needs a thread, and
        // many lists that never wait would leave none.
        await Task.Yield();
        return !sent.IsCompleted && !cancellationToken.IsCancellationRequested;
    }

    public void Dispose() => patience.Dispose();
}
