using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Faults;

/// <summary>
/// A shop with two holds that run out while its database takes no writes: checks the responses during that time, and that they are the same
/// once the holds are written.
/// </summary>
/// <param name="refusal">The status of reads that require the write.</param>
internal sealed class ReadsWithoutWrites(HttpClient client, DateTimeOffset end, int refusal)
{
    private static readonly (string Path, string Says)[] Told =
    [
        ("1?fields=balance,spent,held,version", """{"balance":"500.00","spent":"0.00","held":"0.00","version":3}"""),
        ("2?fields=balance,held,version", """{"balance":"400.00","held":"100.00","version":2}"""),
        ("3?fields=balance,spent,held,version", """{"balance":"0.00","spent":"300.00","held":"0.00","version":4}"""),
        ("?fields=id,balance,held&value_min=300", """[{"id":1,"balance":"500.00","held":"0.00"},{"id":2,"balance":"400.00","held":"100.00"},{"id":3,"balance":"0.00","held":"0.00"}]"""),
        ("?fields=version&code=A&page=1", """[{"version":3}]"""),
        ("?fields=balance,spent&after=2&page_size=1", """[{"balance":"0.00","spent":"300.00"}]"""),
        ("redemption/1?fields=state,captured,balance", """{"state":"expired","captured":"0.00","balance":"500.00"}"""),
        ("redemption?fields=id,state,balance", """[{"id":1,"state":"expired","balance":"500.00"},{"id":2,"state":"held","balance":"400.00"},{"id":3,"state":"expired","balance":"0.00"},{"id":4,"state":"captured","balance":"0.00"}]"""),
        ("redemption?code=S&state=captured&fields=id,balance", """[{"id":4,"balance":"0.00"}]"""),
        ("2/entry?fields=kind", """[{"kind":"issued"},{"kind":"held"}]"""),
        ("entry?certificate_id=2&fields=kind", """[{"kind":"issued"},{"kind":"held"}]"""),
    ];

    /// <summary>These return the entry itself, or sort and filter by what it changes.</summary>
    private static readonly string[] NotTold =
    [
        "1/entry", "entry", "liability", "redemption?state=held", "redemption?state=expired", "?updated_after=0", "?ordering=-updated_at",
    ];

    /// <summary>Creates a hold of A (1), a continuing one of B (2), and one of S (3), which a payment (4) then spends.</summary>
    public async Task OpenAsync()
    {
        var created = await client.CreateAsync(
            """[{"code":"A","value":500},{"code":"B","value":500},{"code":"S","value":300,"single_use":true},{"code":"OTHER","value":1}]""");
        Assert.Equal(201, created.Status);
        var until = end.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        foreach (var payment in new[]
        {
            $$"""{"code":"A","amount":400,"reference":"R","capture":false,"hold_expires_at":"{{until}}"}""",
            """{"code":"B","amount":100,"reference":"R","capture":false}""",
            $$"""{"code":"S","amount":100,"reference":"R","capture":false,"hold_expires_at":"{{until}}"}""",
            """{"code":"S","amount":50,"reference":"R2"}""",
        })
        {
            Assert.Equal(201, (await client.RedeemAsync(payment)).Status);
        }
    }

    public async Task ExpectToldAsync()
    {
        Assert.True(DateTimeOffset.UtcNow < end, "The machine was too slow: the holds ran out before the writes stopped.");
        while (DateTimeOffset.UtcNow <= end)
            await Task.Delay(5);
        await ExpectAnswersAsync();
        foreach (var path in NotTold)
        {
            var refused = await client.FetchAsync(Certificates + path);
            Assert.True(refused.Status == refusal, $"{path}: {refused.Status} {refused.Body}");
        }
    }

    /// <summary>Checks the shop once writes are possible again.</summary>
    public async Task ExpectWrittenAsync()
    {
        foreach (var path in NotTold)
            Assert.Equal(200, (await client.FetchAsync(Certificates + path)).Status);
        await ExpectAnswersAsync();
        Assert.EndsWith(
            """{"kind":"hold_expired","amount":"400.00","balance_after":"500.00"}]""",
            (await client.FetchAsync(Certificates + "1/entry?fields=kind,amount,balance_after")).Body, StringComparison.Ordinal);
    }

    private async Task ExpectAnswersAsync()
    {
        foreach (var (path, says) in Told)
            (await client.FetchAsync(Certificates + path)).Expect(200, says);
        var check = await client.CheckAsync("""{"code":"A","amount":"500.00"}""");
        check.Expect(200, """{"id":1,"code":"A","is_active":true,"value":500,"balance":"500.00","currency":"USD","usable":true,"reason":null,"single_use":false,"expires_at":null}""");
        Assert.Contains("\"reason\":\"spent\"", (await client.CheckAsync("""{"code":"S"}""")).Body, StringComparison.Ordinal);
        Assert.Equal("\"3\"", (await client.FetchAsync(Certificates + "1", ("If-None-Match", "\"2\""))).Header("ETag"));
        Assert.Equal(304, (await client.FetchAsync(Certificates + "1", ("If-None-Match", "\"3\""))).Status);
    }
}
