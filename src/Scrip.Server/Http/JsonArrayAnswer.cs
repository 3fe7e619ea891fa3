using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Http;

/// <summary>A JSON array that is streamed to a response.</summary>
internal sealed class JsonArrayAnswer : IStreamedAnswer
{
    private readonly ResponsePieces pieces;

    public JsonArrayAnswer(HttpResponse response)
    {
        pieces = new ResponsePieces(response);
        Json = new Utf8JsonWriter(pieces.Output, JsonForm.Options);
        Json.WriteStartArray();
    }

    public Utf8JsonWriter Json { get; }

    public ValueTask<bool> SendFullAsync(CancellationToken cancellationToken) =>
        pieces.IsFull(Json.BytesPending) ? SendAsync(cancellationToken) : ValueTask.FromResult(true);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Json.WriteEndArray();
        await SendAsync(cancellationToken);
    }

    public void Dispose()
    {
        Json.Dispose();
        pieces.Dispose();
    }

    private ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        Json.Flush();
        return pieces.SendAsync(cancellationToken);
    }
}
