using System.Globalization;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>A till that takes 0.01 from a certificate again and again, each payment with its own key.</summary>
/// <param name="pauses">Receives each acknowledged payment.</param>
internal sealed class Payer(RestartedScrip scrip, long certificateId, string name, PaymentPauses pauses) : ISettlingCaller
{
    public SettledCalls Calls { get; } = new(scrip);

    public async Task WorkAsync(CancellationToken end)
    {
        for (var payment = 1; !end.IsCancellationRequested; payment++)
        {
            var reference = string.Create(CultureInfo.InvariantCulture, $"{name}-{payment}");
            await Calls.SettleAsync(
                HttpMethod.Post, HttpCalls.Redemptions,
                string.Create(CultureInfo.InvariantCulture, $$"""{"certificate_id":{{certificateId}},"amount":"0.01","reference":"{{reference}}"}"""),
                reference);
            pauses.Note();
            // Everything is sent again at the end, so a steady trickle is enough.
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public Task CheckAsync(HttpClient client) => Calls.RepeatAsync(client);
}
