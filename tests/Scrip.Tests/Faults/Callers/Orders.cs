using System.Globalization;
using System.Net;
using System.Text.Json;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>
/// A shop that takes one order after another, all paid with the same certificate: it holds 3.00, captures 1.00 of them and 1.00 more with
/// which the rest is released, and refunds 0.50. What is not answered it sends again with its key until it is.
/// </summary>
internal sealed class Orders(RestartedScrip scrip, long certificateId, string name)
{
    private const string Redemptions = "external/payment-certificate/redemption/";

    private readonly List<(WriteCall Call, WriteReply Answer)> answered = [];
    private readonly Dictionary<long, Redemption> redemptions = [];

    public int Acknowledged => answered.Count;
    public int Unanswered { get; private set; }

    /// <summary>What its orders have spent and hold, by the last answer to each.</summary>
    public decimal Spent => redemptions.Values.Sum(redemption => redemption.Captured - redemption.Refunded);
    public decimal Held => redemptions.Values.Sum(redemption => redemption.Held);

    public async Task TakeAsync(CancellationToken end)
    {
        for (var order = 1; !end.IsCancellationRequested; order++)
        {
            var reference = string.Create(CultureInfo.InvariantCulture, $"{name}-{order}");
            var id = await SettleAsync(
                Redemptions, Text($$"""{"certificate_id":{{certificateId}},"amount":"3.00","reference":"{{reference}}","capture":false}"""),
                $"{reference}-hold");
            (string Step, string Body)[] steps =
            [
                ("capture/", """{"amount":"1.00","final":false}"""),
                ("capture/", """{"amount":"1.00"}"""),
                ("refund/", """{"amount":"0.50"}"""),
            ];
            for (var at = 0; at < steps.Length && !end.IsCancellationRequested; at++)
                await SettleAsync(Text($"{Redemptions}{id}/{steps[at].Step}"), steps[at].Body, Text($"{reference}-{at}"));
        }
    }

    /// <summary>Sends everything once more: the bytes of each answer must be those of the first.</summary>
    public async Task RepeatAsync(HttpClient client)
    {
        foreach (var (call, first) in answered)
            Assert.Equal(first with { IsReplay = true }, await call.SendAsync(client));
    }

    /// <summary>Answers the id of the redemption.</summary>
    private async Task<long> SettleAsync(string path, string body, string key)
    {
        var call = new WriteCall(HttpMethod.Post, path, body, key);
        while (true)
        {
            if (await call.TrySendAsync(await scrip.ClientAsync()) is not { } answer || answer.Status == HttpStatusCode.ServiceUnavailable)
            {
                Unanswered++;
                await Task.Delay(20);
                continue;
            }
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{path} {body}: {answer.Body}");
            answered.Add((call, answer));
            var redemption = Redemption.In(answer.Body);
            redemptions[redemption.Id] = redemption;
            return redemption.Id;
        }
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
