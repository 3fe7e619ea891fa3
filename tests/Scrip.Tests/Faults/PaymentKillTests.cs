using System.Collections.Concurrent;
using System.Globalization;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>The process is killed while many clients pay with one certificate, and restarted on the same data.</summary>
public sealed class PaymentKillTests
{
    private const int Kills = 4;
    private const int Payers = 16;

    [Fact]
    public async Task A_kill_under_payments_spends_what_the_keys_say_and_answers_each_as_before()
    {
        using var storage = new TestStorage();
        var answered = new ConcurrentDictionary<string, string>();
        var sent = new ConcurrentBag<string>();
        for (var round = 0; round < Kills; round++)
        {
            await using var scrip = await ScripProcess.ServeAsync(storage.Setting);
            if (round == 0)
                Assert.Equal(201, (await scrip.Client.CreateAsync("""[{"code":"A","value":1000000000}]""")).Status);
            var paying = Task.WhenAll(Enumerable.Range(0, Payers).Select(payer => PayUntilGoneAsync(scrip.Client, $"{round}-{payer}")));
            await Task.Delay(300 + (100 * round));
            await scrip.KillAsync();
            await paying;
        }

        await using var last = await ScripProcess.ServeAsync(storage.Setting);
        foreach (var key in sent)
        {
            var again = await PayAsync(last.Client, key);
            Assert.Equal(201, again.Status);
            if (answered.TryGetValue(key, out var before))
                Assert.Equal(before, again.Body);
        }
        Assert.True(answered.Count > Kills * Payers, "Hardly a payment was answered: the test shows nothing.");
        var spent = string.Create(CultureInfo.InvariantCulture, $$"""{"spent":"{{sent.Count}}.00"}""");
        Assert.Equal(spent, (await last.Client.FetchAsync("/external/payment-certificate/1/?fields=spent")).Body);

        await ScripProcess.ProveAsync(storage.Setting);

        async Task PayUntilGoneAsync(HttpClient client, string payer)
        {
            for (var n = 0; ; n++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{payer}-{n}");
                sent.Add(key);
                try
                {
                    var answer = await PayAsync(client, key);
                    Assert.Equal(201, answer.Status);
                    answered[key] = answer.Body;
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    return;
                }
            }
        }
    }

    private static Task<Answer> PayAsync(HttpClient client, string key) => client.PostAsync(
        "/external/payment-certificate/redemption/", $$"""{"certificate_id":1,"amount":"1.00","reference":"{{key}}"}""", ("Idempotency-Key", key));
}
