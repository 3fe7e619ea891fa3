using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Scrip.Server.Hosting;

namespace Scrip.Server.Http;

/// <summary>
/// A JSON array that is written to a response in pieces of a fixed size, however long it becomes. The response stays empty until the first
/// piece is full: until then a failure can still be returned as a problem.
/// </summary>
internal sealed class JsonArrayAnswer : IDisposable
{
    private const int SmallestBuffer = 4 * 1024;
    private const int PieceBytes = 32 * 1024;

    private readonly HttpResponse response;
    private readonly CancellationTokenSource patience = new();
    private readonly ArrayBufferWriter<byte> piece = new(SmallestBuffer);

    public JsonArrayAnswer(HttpResponse response)
    {
        this.response = response;
        patience.Token.Register(response.HttpContext.Abort);
        Json = new Utf8JsonWriter(piece, JsonForm.Options);
        Json.WriteStartArray();
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Sends the current piece if it is full. Call it between two items. Returns false if the client has disconnected.</summary>
    public ValueTask<bool> SendFullAsync(CancellationToken cancellationToken) =>
        piece.WrittenCount + Json.BytesPending < PieceBytes ? ValueTask.FromResult(true) : SendAsync(cancellationToken);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Json.WriteEndArray();
        await SendAsync(cancellationToken);
    }

    public void Dispose()
    {
        Json.Dispose();
        patience.Dispose();
    }

    private async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        Json.Flush();
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
}
