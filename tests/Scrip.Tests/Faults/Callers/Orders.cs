using System.Globalization;
using System.Text.Json;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>
/// A shop that takes one order after another, all paid with the same certificate. It holds 3.00, or the balance if less, moves the end of
/// the hold, captures 1.00 and then 1.00 more while releasing the rest, and refunds 0.50.
/// </summary>
internal sealed class Orders(RestartedScrip scrip, long certificateId, string name) : ISettlingCaller
{
    private const string Redemptions = "external/payment-certificate/redemption/";

    private readonly Dictionary<long, Redemption> redemptions = [];

    public SettledCalls Calls { get; } = new(scrip);

    /// <summary>What its orders have spent and hold, according to the last response to each.</summary>
    public decimal Spent => redemptions.Values.Sum(redemption => redemption.Captured - redemption.Refunded);
    public decimal Held => redemptions.Values.Sum(redemption => redemption.Held);

    public async Task WorkAsync(CancellationToken end)
    {
        for (var order = 1; !end.IsCancellationRequested; order++)
        {
            var reference = string.Create(CultureInfo.InvariantCulture, $"{name}-{order}");
            var id = await SettleAsync(
                Redemptions,
                Text($$"""{"certificate_id":{{certificateId}},"amount":"3.00","allow_partial":true,"reference":"{{reference}}","capture":false}"""),
                $"{reference}-hold");
            (string Step, string Body)[] steps =
            [
                ("extend/", $$"""{"hold_expires_at":"{{PaymentCalls.FromNow(TimeSpan.FromDays(1))}}"}"""),
                ("capture/", """{"amount":"1.00","final":false}"""),
                ("capture/", """{"amount":"1.00"}"""),
                ("refund/", """{"amount":"0.50"}"""),
            ];
            for (var at = 0; at < steps.Length && !end.IsCancellationRequested; at++)
                await SettleAsync(Text($"{Redemptions}{id}/{steps[at].Step}"), steps[at].Body, Text($"{reference}-{at}"));
        }
    }

    public Task CheckAsync(HttpClient client) => Calls.RepeatAsync(client);

    /// <summary>Returns the id of the redemption.</summary>
    private async Task<long> SettleAsync(string path, string body, string key)
    {
        var redemption = Redemption.In((await Calls.SettleAsync(HttpMethod.Post, path, body, key)).Body);
        redemptions[redemption.Id] = redemption;
        return redemption.Id;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private readonly record struct Redemption(long Id, decimal Held, decimal Captured, decimal Refunded)
    {
        public static Redemption In(string body)
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement;
            var captured = Amount("captured");
            return new Redemption(
                json.GetProperty("id").GetInt64(),
                json.GetProperty("state").ValueEquals("held") ? Amount("amount") - captured : 0,
                captured,
                Amount("refunded"));

            decimal Amount(string member) => decimal.Parse(json.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
        }
    }
}
