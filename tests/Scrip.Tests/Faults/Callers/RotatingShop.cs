using System.Globalization;
using System.Net;
using System.Text.Json;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>
/// A shop that makes payments of 1.00 while its token is rotated, so that retries of a payment cross a change of the secret.
/// </summary>
internal sealed class RotatingShop(RestartedScrip scrip, long certificateId, string name, long tokenId, string firstText) : ISettlingCaller
{
    private volatile string text = firstText;
    private int rotations;

    public SettledCalls Calls { get; } = new(scrip);

    public decimal Spent { get; private set; }

    public async Task WorkAsync(CancellationToken end)
    {
        for (var payment = 1; !end.IsCancellationRequested; payment++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{payment}");
            var body = $$"""{"certificate_id":{{certificateId}},"amount":"1.00","reference":"{{key}}"}""";
            var paying = Calls.SettleAsync(
                () => new WriteCall(HttpMethod.Post, "external/payment-certificate/redemption/", body, key) { Token = text });
            await RotateAsync();
            await paying;
            Spent += 1;
        }
    }

    public Task CheckAsync(HttpClient client) => Calls.RepeatAsync(client, text);

    /// <summary>If a rotation had no response, its secret is lost, and another rotation follows.</summary>
    private async Task RotateAsync()
    {
        while (true)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"rotate-{tokenId}-{++rotations}");
            var call = new WriteCall(HttpMethod.Post, $"external/api-token/{tokenId}/rotate/?site=default", "{}", key);
            if (await call.TrySettleAsync(await scrip.ClientAsync()) is { } answer)
            {
                using var rotated = JsonDocument.Parse(answer.Body);
                Assert.True(rotated.RootElement.TryGetProperty("token", out var next), answer.Body);
                text = next.GetString()!;
                return;
            }
            await Task.Delay(20);
            // The killed server may or may not have rotated the token. Sent again, the rotation happens once at most.
            if (await call.TrySettleAsync(await scrip.ClientAsync()) is { } again)
                Assert.True(again.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, again.Body);
        }
    }
}
