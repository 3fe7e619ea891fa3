using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Client;

internal static class WireRequest
{
    /// <summary>A request whose body is known before it is sent, with its length: no proxy or server has to take it in pieces.</summary>
    public static HttpRequestMessage Create<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, string? idempotencyKey)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }
}
