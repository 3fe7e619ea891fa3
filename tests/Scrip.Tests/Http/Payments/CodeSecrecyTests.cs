using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>
/// A leaked checkout token must not list money: without certificates:read a caller neither sees nor names a code that it cannot type.
/// </summary>
public sealed class CodeSecrecyTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string NeedsCertificatesRead =
        """{"type":"/problems/forbidden","title":"The token does not allow this call.","status":403,"detail":"This call requires a token with the scope certificates:read.","trace_id":"*"}""";

    [Fact]
    public async Task A_token_that_only_redeems_cannot_name_a_certificate_by_its_id()
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500},{"code":"CERT-0002","value":500}]""");
        foreach (var body in new[]
        {
            """{"certificate_id":1,"amount":"0.01","reference":"R"}""", """{"certificate_id":99,"amount":"0.01","reference":"R"}""",
            """{"certificate_id":1,"amount":"0.01","reference":"R","capture":false}""",
        })
        {
            var refused = await shop.Till.RedeemAsync(body);
            Assert.Equal((403, NeedsCertificatesRead), (refused.Status, refused.BodyWithoutTrace));
        }
        (await shop.Owner.FetchAsync(Redemptions)).Expect(200, "[]");

        var both = await scrip.ClientForAsync(shop.Site, "redemptions:write", "certificates:read");
        var paid = await both.RedeemAsync("""{"certificate_id":1,"amount":"0.01","reference":"R"}""");
        Assert.Equal(201, paid.Status);
        Assert.Contains("\"code\":\"CERT-0001\"", paid.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_by_id_needs_the_scope_too()
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500}]""");
        const string body = """{"certificate_id":1,"amount":"0.01","reference":"R"}""";
        Assert.Equal(403, (await shop.Till.RedeemAsync(body, "a-key")).Status);
        Assert.Equal(403, (await shop.Till.RedeemAsync(body, "a-key")).Status);
    }

    [Fact]
    public async Task What_a_token_that_only_redeems_did_not_type_it_sees_by_its_last_characters()
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500},{"code":"ABCD","value":500},{"code":"GIFT-e\u0301o\u0301a\u0301u\u0301","value":500},{"code":"ABCDE","value":500}]""");
        for (var id = 1; id <= 4; id++)
            Assert.Equal(201, (await shop.Owner.RedeemAsync($$"""{"certificate_id":{{id}},"amount":5,"reference":"R","capture":false}""")).Status);

        foreach (var reader in new[] { shop.Till, await scrip.ClientForAsync(shop.Site, "reports:read"), await scrip.ClientForAsync(shop.Site, "reports:read", "redemptions:write") })
        {
            (await reader.FetchAsync(Redemptions + "?fields=id,code")).Expect(
                200, "[{\"id\":1,\"code\":\"…0001\"},{\"id\":2,\"code\":\"…\"},{\"id\":3,\"code\":\"…e\u0301o\u0301a\u0301u\u0301\"},{\"id\":4,\"code\":\"…BCDE\"}]");
            (await reader.FetchAsync(Redemptions + "?fields=code&page=1&page_size=1")).Expect(200, """[{"code":"…0001"}]""");
            (await reader.FetchAsync(Redemptions + "?fields=code&after=1&page_size=1")).Expect(200, """[{"code":"…"}]""");
            (await reader.FetchAsync(Redemptions + "1?fields=code")).Expect(200, """{"code":"…0001"}""");
            Assert.DoesNotContain("CERT", (await reader.FetchAsync(Redemptions)).Body + (await reader.FetchAsync(Redemptions + "1")).Body, StringComparison.Ordinal);
        }
        foreach (var reader in new[] { shop.Owner, await scrip.ClientForAsync(shop.Site, "certificates:read") })
        {
            (await reader.FetchAsync(Redemptions + "?fields=code&certificate_id=1")).Expect(200, """[{"code":"CERT-0001"}]""");
            (await reader.FetchAsync(Redemptions + "1?fields=code")).Expect(200, """{"code":"CERT-0001"}""");
        }
    }

    [Theory]
    [InlineData("capture")]
    [InlineData("release")]
    public async Task What_is_done_with_a_redemption_shows_no_more_of_its_code_and_nor_does_a_replay(string step)
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500}]""");
        await shop.Owner.RedeemAsync("""{"code":"CERT-0001","amount":5,"reference":"R","capture":false}""");

        var done = await shop.Till.StepAsync(1, step, null, "step");
        Assert.Contains("\"code\":\"…0001\"", done.Body, StringComparison.Ordinal);
        (await shop.Till.StepAsync(1, step, null, "step")).Expect(200, done.Body);
        if (step == "capture")
            Assert.Contains("\"code\":\"…0001\"", (await shop.Till.StepAsync(1, "refund")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_types_a_code_sees_it_as_it_is_stored_in_the_replay_too()
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500}]""");
        const string body = """{"code":"cert 0001","amount":5,"reference":"R"}""";
        var paid = await shop.Till.RedeemAsync(body, "typed");
        Assert.Contains("\"code\":\"CERT-0001\"", paid.Body, StringComparison.Ordinal);
        (await shop.Till.RedeemAsync(body, "typed")).Expect(201, paid.Body);
        Assert.DoesNotContain("CERT-0001", (await shop.Till.RedeemAsync(body, "again")).ExpectProblem(409, "duplicate-reference").Body, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"CERT-0001\"", (await shop.Till.CheckAsync("""{"code":"cert 0001"}""")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renaming_in_the_journal_shows_whole_codes_to_those_who_may_read_certificates()
    {
        var shop = await OpenAsync("""[{"code":"CERT-0001","value":500}]""");
        Assert.Equal(200, (await shop.Owner.PutAsync(Certificates + "1", """{"code":"NEW-0002"}""")).Status);
        var accountant = await scrip.ClientForAsync(shop.Site, "reports:read", "redemptions:write");

        const string renamed = Entries + "?kind=renamed&fields=detail";
        (await accountant.FetchAsync(renamed)).Expect(200, """[{"detail":{"code":{"before":"…0001","after":"…0002"}}}]""");
        (await shop.Owner.FetchAsync(renamed)).Expect(200, """[{"detail":{"code":{"before":"CERT-0001","after":"NEW-0002"}}}]""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("&page=1")]
    [InlineData("&certificate_id=1")]
    [InlineData("&state=held")]
    public async Task Looking_redemptions_up_by_code_is_guessing(string more)
    {
        await using var guarded = await ScripApplication.StartAsync(("MaxCodeMissesPerMinute", "2"));
        await guarded.Client.CreateAsync("""[{"code":"CERT-0001","value":500}]""");
        await guarded.Client.RedeemAsync("""{"code":"CERT-0001","amount":5,"reference":"R","capture":false}""");
        using var till = guarded.ClientWith((await SharedScrip.CreateTokenAsync(guarded.Client, "default", "redemptions:write")).Text);

        for (var hit = 0; hit < 5; hit++)
            Assert.Contains("…0001", (await till.FetchAsync($"{Redemptions}?code=CERT-0001{more}")).Body, StringComparison.Ordinal);
        (await till.FetchAsync($"{Redemptions}?code=GUESS{more}")).Expect(200, "[]");
        Assert.Equal(200, (await till.CallAsync("HEAD", $"{Redemptions}?code=GUESS{more}", null)).Status);
        foreach (var code in new[] { "GUESS", "CERT-0001" })
        {
            var refused = await till.FetchAsync($"{Redemptions}?code={code}{more}");
            refused.ExpectProblem(429, "rate-limited");
            Assert.NotNull(refused.Header("Retry-After"));
        }
        Assert.Equal(429, (await till.CheckAsync("""{"code":"CERT-0001"}""")).Status);
        Assert.Equal(200, (await till.FetchAsync(Redemptions + "?certificate_id=1")).Status);

        using var reader = guarded.ClientWith((await SharedScrip.CreateTokenAsync(guarded.Client, "default", "redemptions:write", "certificates:read")).Text);
        for (var miss = 0; miss < 5; miss++)
            (await reader.FetchAsync($"{Redemptions}?code=GUESS{more}")).Expect(200, "[]");
    }

    private async Task<Shop> OpenAsync(string certificates)
    {
        var site = await scrip.OpenNamedSiteAsync();
        var owner = await scrip.ClientForAsync(site, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
        Assert.Equal(201, (await owner.CreateAsync(certificates)).Status);
        return new Shop(site, owner, await scrip.ClientForAsync(site, "redemptions:write"));
    }

    private sealed record Shop(string Site, HttpClient Owner, HttpClient Till);
}
