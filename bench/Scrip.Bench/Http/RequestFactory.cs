using System.Text;

namespace Scrip.Bench.Http;

/// <summary>Requests as finished bytes, all with the same token.</summary>
internal sealed class RequestFactory(string token)
{
    public const string Certificates = "/external/payment-certificate/";

    public byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path}{Head()}\r\n");

    public byte[] Post(string path, ReadOnlySpan<byte> body) => WithBody("POST", path, body);

    public byte[] Put(string path, ReadOnlySpan<byte> body) => WithBody("PUT", path, body);

    /// <summary>What follows the path in a request with a body, up to that body.</summary>
    public string HeadOfBody(int length) => $"{Head()}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n";

    private byte[] WithBody(string method, string path, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"{method} {path}{HeadOfBody(body.Length)}"), .. body];

    private string Head() => $" HTTP/1.1\r\nHost: 127.0.0.1\r\nAPI-Token: {token}\r\n";
}
