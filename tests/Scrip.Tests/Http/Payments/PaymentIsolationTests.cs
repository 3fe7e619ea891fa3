using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Payments, entries and reports are separate for each site.</summary>
public sealed class PaymentIsolationTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task What_another_site_did_is_not_there()
    {
        var owner = await scrip.OpenShopAsync();
        var other = await scrip.OpenShopAsync();
        await owner.CreateAsync("""[{"code":"A","value":500}]""");
        await owner.RedeemAsync("""{"code":"A","amount":100,"reference":"R","capture":false}""");
        var stored = await StoredAsync(owner);

        foreach (var call in new Func<string, Task<Answer>>[]
        {
            id => other.FetchAsync($"{Redemptions}{id}/"),
            id => other.FetchAsync($"{Redemptions}{id}/?fields=balance"),
            id => other.StepAsync(long.Parse(id, null), "capture"),
            id => other.StepAsync(long.Parse(id, null), "release"),
            id => other.StepAsync(long.Parse(id, null), "refund"),
            id => other.FetchAsync($"{Certificates}{id}/entry/"),
            id => other.RedeemAsync($$"""{"certificate_id":{{id}},"amount":1,"reference":"R"}"""),
        })
        {
            var (theirs, nobodys) = (await call("1"), await call("7"));
            theirs.ExpectProblem(404, "not-found");
            Assert.Equal(nobodys.BodyWithoutTrace.Replace("Certificate 7", "Certificate 1", StringComparison.Ordinal), theirs.BodyWithoutTrace);
        }
        foreach (var list in new[] { Redemptions, Redemptions + "?certificate_id=1", Redemptions + "?code=A", Redemptions + "?reference=R", Entries, Entries + "?certificate_id=1" })
            (await other.FetchAsync(list)).Expect(200, "[]");
        Assert.Equal("0", (await other.FetchAsync(Redemptions + "?page=1")).Header("X-Total-Count"));
        Assert.Equal("0", (await other.FetchAsync(Entries + "?page=1")).Header("X-Total-Count"));
        Assert.Contains("\"certificates\":0,\"issued\":\"0.00\"", (await other.FetchAsync(Liability)).Body, StringComparison.Ordinal);
        Assert.Equal(stored, await StoredAsync(owner));
    }

    [Fact]
    public async Task Ids_codes_references_and_keys_are_each_site_s_own()
    {
        var first = await scrip.OpenShopAsync("USD");
        var second = await scrip.OpenShopAsync("KWD");
        foreach (var shop in new[] { first, second })
        {
            await shop.CreateAsync("""[{"code":"A","value":500}]""");
            var paid = await shop.RedeemAsync("""{"code":"A","amount":1,"reference":"R"}""", "key");
            Assert.Equal((201, null), (paid.Status, paid.Header("Idempotent-Replayed")));
            Assert.StartsWith("{\"id\":1,\"certificate_id\":1,", paid.Body, StringComparison.Ordinal);
        }
        Assert.Equal("\"499.00\"", await first.AttributeAsync(1, "balance"));
        Assert.Equal("\"499.000\"", await second.AttributeAsync(1, "balance"));
        Assert.Contains("\"amount\":\"-1.000\"", (await second.FetchAsync(Entries)).Body, StringComparison.Ordinal);
    }

    private static async Task<string> StoredAsync(HttpClient shop) =>
        await shop.ListAsync() + (await shop.FetchAsync(Redemptions)).Body + (await shop.FetchAsync(Entries)).Body;
}
