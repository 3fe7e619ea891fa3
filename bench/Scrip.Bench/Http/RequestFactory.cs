using System.Text;

namespace Scrip.Bench.Http;

/// <summary>Creates requests as prepared bytes, all with the same token.</summary>
internal sealed class RequestFactory(string token)
{
    public const string Certificates = "/external/payment-certificate/";

    /// <summary>The part after the path, up to the headers of a body.</summary>
    public string Head { get; } = $" HTTP/1.1\r\nHost: 127.0.0.1\r\nAPI-Token: {token}\r\n";

    public string Token => token;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public byte[] Get(string path) => Utf8($"GET {path}{Head}\r\n");

    public byte[] Post(string path, ReadOnlySpan<byte> body) => WithBody("POST", path, body);

    /// <param name="key">Of its own for each request: the same one is answered without doing anything.</param>
    public byte[] PostOnce(string path, string mediaType, string key, ReadOnlySpan<byte> body) =>
        WithBody("POST", path, body, $"{mediaType}\r\nIdempotency-Key: {key}");

    public byte[] Put(string path, ReadOnlySpan<byte> body) => WithBody("PUT", path, body);

    private byte[] WithBody(string method, string path, ReadOnlySpan<byte> body, string type = "application/json") =>
        [.. Utf8($"{method} {path}{Head}Content-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
