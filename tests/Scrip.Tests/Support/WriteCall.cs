using System.Globalization;
using System.Net;
using System.Text;

namespace Scrip.Tests.Support;

/// <summary>A write in the form of an HTTP request, which can be sent again byte by byte.</summary>
public sealed record WriteCall(HttpMethod Method, string Path, string Body, string? Key = null, string? IfMatch = null)
{
    /// <summary>The token; null for that of the client.</summary>
    public string? Token { get; init; }

    private const string Resource = "external/payment-certificate/";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    public static WriteCall Put(long id, string code, long value, string? key = null, string? ifMatch = null) => new(
        HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"{Resource}{id}/"),
        string.Create(CultureInfo.InvariantCulture, $$"""{"code":"{{code}}","value":{{value}}}"""), key, ifMatch);

    public static WriteCall BulkCreate(IEnumerable<string> codes, long value, string? key = null) => new(
        HttpMethod.Post, $"{Resource}bulk-create/",
        $"[{string.Join(',', codes.Select(code => string.Create(CultureInfo.InvariantCulture, $$"""{"code":"{{code}}","value":{{value}}}""")))}]", key);

    public static WriteCall BulkUpdate(IEnumerable<(long Id, string Code)> certificates, long value) => new(
        HttpMethod.Put, $"{Resource}bulk-update/",
        $"[{string.Join(',', certificates.Select(one => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{one.Id}},"code":"{{one.Code}}","value":{{value}}}""")))}]");

    /// <summary>Null if the server went away before it responded.</summary>
    public async Task<WriteReply?> TrySendAsync(HttpClient client)
    {
        try
        {
            return await SendAsync(client);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>
    /// Sends the call again as long as the response says that nothing was stored. Null if the outcome is unknown: the server went away, or
    /// reports that it does not know.
    /// </summary>
    public async Task<WriteReply?> TrySettleAsync(HttpClient client)
    {
        while (await TrySendAsync(client) is { } reply)
        {
            if (reply.Status != HttpStatusCode.ServiceUnavailable)
                return reply;
            if (!reply.Body.Contains("Nothing was stored", StringComparison.Ordinal))
                return null;
            await Task.Delay(RetryDelay);
        }
        return null;
    }

    public async Task<WriteReply> SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(Method, Path) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        if (Key is not null)
            request.Headers.Add("Idempotency-Key", Key);
        if (Token is not null)
            request.Headers.Add("API-Token", Token);
        if (IfMatch is not null)
            request.Headers.Add("If-Match", IfMatch);
        using var response = await client.SendAsync(request);
        return new WriteReply(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag, response.Headers.Contains("Idempotent-Replayed"),
            response.Content.Headers.ContentType?.MediaType);
    }
}

public sealed record WriteReply(HttpStatusCode Status, string Body, string? ETag, bool IsReplay, string? MediaType)
{
    public long Version => long.Parse(ETag!.Trim('"'), CultureInfo.InvariantCulture);
}
