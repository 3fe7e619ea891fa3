using System.Net;
using System.Text.Json;
using Scrip.Bench.Http;

namespace Scrip.Bench.Server;

/// <summary>Creates sites next to that of the server's own token.</summary>
internal static class OtherSites
{
    /// <summary>Creates a site with the given number of certificates and returns its requests.</summary>
    public static async Task<RequestFactory> CreateAsync(
        ServerProcess server, string name, int certificates, CancellationToken cancellationToken)
    {
        await PostAsync(server, "/external/site/", $$"""{"name":"{{name}}","currency":"USD","time_zone":"UTC"}""", cancellationToken);
        var made = await PostAsync(
            server,
            "/external/api-token/",
            $$"""{"site":"{{name}}","name":"bench","scopes":["certificates:read","certificates:write","redemptions:write"]}""",
            cancellationToken);
        using var token = JsonDocument.Parse(made);
        var requests = new RequestFactory(token.RootElement.GetProperty("token").GetString()!);
        await new BulkCalls(server, requests).FillAsync(certificates, cancellationToken);
        return requests;
    }

    private static async Task<byte[]> PostAsync(ServerProcess server, string path, string body, CancellationToken cancellationToken)
    {
        using var connection = await server.ConnectAsync(cancellationToken);
        await connection.RequireAsync(server.Requests.Post(path, RequestFactory.Utf8(body)), HttpStatusCode.Created, cancellationToken);
        var answer = new List<byte>();
        while (await connection.ReadBodyAsync(cancellationToken) is { IsEmpty: false } piece)
            answer.AddRange(piece.Span);
        return [.. answer];
    }
}
