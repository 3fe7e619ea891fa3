using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Client;

internal static class WireRequest
{
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>
    /// Creates a request whose body is serialized before it is sent, so that it has a Content-Length and no proxy or server has to handle
    /// chunks.
    /// </summary>
    public static HttpRequestMessage Create<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, string? idempotencyKey)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.Add(IdempotencyKey, idempotencyKey);
        return request;
    }
}
