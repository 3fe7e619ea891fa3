using System.Globalization;
using System.Text.Json;

namespace Scrip.Tests.Support;

/// <summary>Payments in the words of the contract. Each call gets a new key unless it names one.</summary>
public static class PaymentCalls
{
    private static int made;

    public static Task<Answer> RedeemAsync(this HttpClient client, string body, string? key = null) =>
        client.PostAsync(HttpCalls.Redemptions, body, Key(key ?? NewKey()));

    public static Task<Answer> CheckAsync(this HttpClient client, string body) => client.PostAsync(HttpCalls.Check, body);

    /// <param name="step"><c>capture</c>, <c>release</c> or <c>refund</c>.</param>
    public static Task<Answer> StepAsync(this HttpClient client, long id, string step, string? body = null, string? key = null) => client.CallAsync(
        "POST", string.Create(CultureInfo.InvariantCulture, $"{HttpCalls.Redemptions}{id}/{step}/"), body, Key(key ?? NewKey()));

    public static Task<Answer> WriteOffAsync(this HttpClient client, long id, string? body = null, string? key = null) => client.CallAsync(
        "POST", string.Create(CultureInfo.InvariantCulture, $"{HttpCalls.Certificates}{id}/write-off/"), body, Key(key ?? NewKey()));

    public static Task<Answer> WriteOffManyAsync(this HttpClient client, string body, string? key = null) =>
        client.PostAsync(HttpCalls.BulkWriteOff, body, Key(key ?? NewKey()));

    /// <summary>One attribute of a certificate, as JSON.</summary>
    public static async Task<string> AttributeAsync(this HttpClient client, long id, string name)
    {
        var answer = await client.FetchAsync(string.Create(CultureInfo.InvariantCulture, $"{HttpCalls.Certificates}{id}/?fields={name}"));
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty(name).GetRawText();
    }

    public static (string Name, string Value) Key(string key) => ("Idempotency-Key", key);

    /// <summary>A time relative to now as the API writes it, in whole seconds.</summary>
    public static string FromNow(TimeSpan span) =>
        (DateTimeOffset.UtcNow + span).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string NewKey() => string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref made)}");
}
