using System.Buffers;
using Microsoft.AspNetCore.Http;
using Scrip.Server.Hosting;

namespace Scrip.Server.Http;

/// <summary>
/// Sends a response in pieces of a fixed size, however long it becomes. The response stays empty until the first piece is full: until then
/// a failure can still be returned as a problem.
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

    /// <summary>The buffer of the next piece.</summary>
    public IBufferWriter<byte> Output => piece;

    /// <param name="pending">The number of bytes that are written but not yet in <see cref="Output"/>.</param>
    public bool IsFull(int pending = 0) => piece.WrittenCount + pending >= PieceBytes;

    /// <summary>Sends the piece, full or not. Returns false if the client has disconnected.</summary>
    public async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        var sending = response.BodyWriter.WriteAsync(piece.WrittenMemory, cancellationToken);
        if (!sending.IsCompleted)
            patience.CancelAfter(SlowClients.StallLimit);
        var sent = await sending;
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
        piece.ResetWrittenCount();
        // After a disconnect Kestrel discards writes silently; only the token tells. Cancelling the token needs a thread, and many lists
        // that never wait would leave none, so yield now and then.
        await Task.Yield();
        return !sent.IsCompleted && !cancellationToken.IsCancellationRequested;
    }

    public void Dispose() => patience.Dispose();
}
