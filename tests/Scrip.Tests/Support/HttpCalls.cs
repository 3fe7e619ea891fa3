using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Scrip.Tests.Support;

/// <summary>Calls in the words of the contract: a method, a path, the text of a body, and headers.</summary>
public static class HttpCalls
{
    public const string Certificates = "/external/payment-certificate/";
    public const string BulkCreate = Certificates + "bulk-create/";
    public const string BulkUpdate = Certificates + "bulk-update/";
    public const string BulkWriteOff = Certificates + "bulk-write-off/";
    public const string Check = Certificates + "check/";
    public const string Redemptions = Certificates + "redemption/";
    public const string Entries = Certificates + "entry/";
    public const string Liability = Certificates + "liability/";

    public static Task<Answer> FetchAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.CallAsync("GET", path, null, headers);

    public static Task<Answer> PostAsync(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.CallAsync("POST", path, body, headers);

    public static Task<Answer> PutAsync(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.CallAsync("PUT", path, body, headers);

    public static Task<Answer> PatchAsync(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.CallAsync("PATCH", path, body, headers);

    public static Task<Answer> CreateAsync(this HttpClient client, string body, params (string Name, string Value)[] headers) =>
        client.PostAsync(BulkCreate, body, headers);

    public static Task<Answer> UpdateAsync(this HttpClient client, string body, params (string Name, string Value)[] headers) =>
        client.PutAsync(BulkUpdate, body, headers);

    /// <summary>The whole list, which shows that a refusal changed nothing.</summary>
    public static async Task<string> ListAsync(this HttpClient client)
    {
        var list = await client.FetchAsync(Certificates + "?fields=id,code,is_active,value,version");
        Assert.Equal(200, list.Status);
        return list.Body;
    }

    /// <summary>Repeats the call until the response has this status, and returns how long that took.</summary>
    public static async Task<TimeSpan> UntilAsync(this HttpClient client, string path, int status)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await client.FetchAsync(path)).Status != status)
            await Task.Delay(10, limit.Token);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Repeats the call until the body contains this text.</summary>
    public static async Task UntilSaysAsync(this HttpClient client, string path, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await client.FetchAsync(path)).Body.Contains(text, StringComparison.Ordinal))
            await Task.Delay(10, limit.Token);
    }

    public static Task<Answer> CallAsync(this HttpClient client, string method, string path, string? body, params (string Name, string Value)[] headers) =>
        client.SendAsync(method, path, body is null ? null : JsonBytes(Encoding.UTF8.GetBytes(body)), headers);

    public static async Task<Answer> SendAsync(
        this HttpClient client, string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await client.SendAsync(request);
        return await response.ToAnswerAsync();
    }

    public static async Task<Answer> ToAnswerAsync(this HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(header => header.Key, header => header.Value.ToString()),
        await response.Content.ReadAsStringAsync());

    public static ByteArrayContent JsonBytes(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
