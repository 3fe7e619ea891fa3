using System.Text.Json;
using System.Text.RegularExpressions;
using Scrip.Ledger.Issuing;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http;

/// <summary>Generated codes over HTTP: what they look like, that a retry gets the same for ever, and what is refused.</summary>
public sealed partial class GenerateTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Generate = Certificates + "generate/";
    private const string Batches = Certificates + "batch/";
    private const string Terms = "?fields=is_active,value,balance,starts_at,expires_at,single_use,note,batch_id,version";

    [Fact]
    public async Task Certificates_with_codes_of_the_default_pattern_are_a_batch()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");

        var made = await shop.PostAsync(Generate, """{"count":500,"value":500,"batch":"Christmas 2026"}""", Key("once"));

        Assert.Equal((201, Batches + "1/"), (made.Status, made.Header("Location")));
        var codes = CodesOf(made);
        Assert.Equal(500, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches(Default(), code));
        Assert.All(codes, code => Assert.True(Fits(code), code));
        Assert.Equal(made.Body, (await shop.FetchAsync(Certificates)).Body);
        var batch = (await shop.FetchAsync(Batches + "1/")).Body;
        Assert.Contains("\"name\":\"Christmas 2026\",\"source\":\"generated\",\"certificates\":500,\"value\":250000", batch, StringComparison.Ordinal);
        Assert.Equal(201, (await shop.RedeemAsync($$"""{"code":"{{codes[7].ToLowerInvariant().Replace('-', ' ')}}","amount":1,"reference":"A"}""")).Status);
    }

    [Fact]
    public async Task All_members_are_followed()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");

        var made = await shop.PostAsync(
            Generate,
            """
            {"count":2,"value":0,"pattern":"\\#X ############\\?","alphabet":"base32","is_active":false,"starts_at":"2026-01-31T12:00:00Z","expires_at":"2099-12-31","single_use":true,"note":"two\nlines"}
            """,
            Key("once"));

        Assert.True(made.Status == 201, made.Body);
        Assert.All(CodesOf(made), code => Assert.Matches(@"^#X [0-9A-HJKMNP-TV-Z]{12}\?$", code));
        (await shop.FetchAsync(Certificates + "2/" + Terms)).Expect(
            200,
            """
            {"is_active":false,"value":0,"balance":"0.00","starts_at":"2026-01-31T12:00:00Z","expires_at":"2099-12-31T22:00:00Z","single_use":true,"note":"two\nlines","batch_id":1,"version":1}
            """);
    }

    [Fact]
    public async Task Digits_are_for_number_pads()
    {
        using var shop = await scrip.OpenShopAsync();

        Assert.All(
            CodesOf(await shop.PostAsync(Generate, """{"count":9,"value":1,"alphabet":"digits"}""", Key("1"))),
            code => Assert.Matches("^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{5}$", code));
        Assert.All(
            CodesOf(await shop.PostAsync(Generate, """{"count":9,"value":1,"alphabet":"digits","pattern":"#################"}""", Key("2"))),
            code => Assert.Matches("^[0-9]{17}$", code));
    }

    /// <summary>A retry otherwise makes money twice, or finds codes that somebody has changed since.</summary>
    [Fact]
    public async Task A_retry_gets_the_same_bytes_also_after_the_codes_were_renamed()
    {
        using var shop = await scrip.OpenShopAsync();
        const string body = """{"count":3,"value":5}""";

        var first = await shop.PostAsync(Generate, body, Key("k"));
        await shop.UpdateAsync("""[{"id":1,"code":"RENAMED","value":7},{"id":2,"code":"TWO","is_active":false}]""");
        await shop.PutAsync(Batches + "1/", """{"name":"renamed"}""");
        var again = await shop.PostAsync(Generate, body, Key("k"));

        Assert.Equal((201, first.Body, "true"), (again.Status, again.Body, again.Header("Idempotent-Replayed")));
        Assert.Equal((Batches + "1/", Batches + "1/"), (first.Header("Location"), again.Header("Location")));
        (await shop.PostAsync(Generate, """{"count":4,"value":5}""", Key("k"))).ExpectProblem(422, "idempotency-key-reused");
        var other = await shop.PostAsync(Generate, body, Key("other"));
        Assert.Empty(CodesOf(other).Intersect(CodesOf(first)));
        Assert.Equal((201, Batches + "2/"), (other.Status, other.Header("Location")));
        using var list = JsonDocument.Parse((await shop.FetchAsync(Certificates)).Body);
        Assert.Equal(6, list.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task As_many_as_a_call_may_have_are_generated_at_once()
    {
        using var shop = await scrip.OpenShopAsync();

        var made = await shop.PostAsync(Generate, """{"count":100000,"value":1000000000000}""", Key("all"));
        var again = await shop.PostAsync(Generate, """{"count":100000,"value":1000000000000}""", Key("all"));

        Assert.Equal(201, made.Status);
        Assert.Equal(made.Body, again.Body);
        Assert.Equal(100_000, CodesOf(made).Distinct().Count());
        Assert.Equal("""{"certificates":100000,"value":100000000000000000}""", (await shop.FetchAsync(Batches + "1/?fields=certificates,value")).Body);
        var page = await shop.FetchAsync(Certificates + "?batch_id=1&page=1000&page_size=100&fields=id");
        Assert.EndsWith("{\"id\":100000}]", page.Body, StringComparison.Ordinal);
        Assert.Equal("100000", page.Header("X-Total-Count"));
    }

    [Theory]
    [InlineData("{}", "/count required", "/value required")]
    [InlineData("""{"count":0,"value":1}""", "/count out_of_range")]
    [InlineData("""{"count":100001,"value":1}""", "/count out_of_range")]
    [InlineData("""{"count":1.5,"value":"1"}""", "/count not_an_integer", "/value wrong_type")]
    [InlineData("""{"count":1,"value":-1}""", "/value out_of_range")]
    [InlineData("""{"count":1,"value":1000000000001}""", "/value out_of_range")]
    [InlineData("""{"count":1,"value":1,"pattern":"##########"}""", "/pattern too_weak")]
    [InlineData("""{"count":1,"value":1,"pattern":"##########?"}""", "/pattern too_weak")]
    [InlineData("""{"count":1,"value":1,"pattern":"################","alphabet":"digits"}""", "/pattern too_weak")]
    [InlineData("""{"count":1,"value":1,"pattern":"GIFT"}""", "/pattern too_weak")]
    [InlineData("""{"count":1,"value":1,"pattern":""}""", "/pattern empty")]
    [InlineData("""{"count":1,"value":1,"pattern":7}""", "/pattern wrong_type")]
    [InlineData("""{"count":1,"value":1,"pattern":"###########\\"}""", "/pattern invalid_pattern")]
    [InlineData("""{"count":1,"value":1,"pattern":"###########??"}""", "/pattern invalid_pattern")]
    [InlineData("""{"count":1,"value":1,"pattern":"###########?#"}""", "/pattern invalid_pattern")]
    [InlineData("""{"count":1,"value":1,"pattern":"#################?","alphabet":"digits"}""", "/pattern invalid_pattern")]
    [InlineData("""{"count":1,"value":1,"pattern":"################################################################-"}""", "/pattern too_long")]
    [InlineData("""{"count":1,"value":1,"alphabet":"base64"}""", "/alphabet unknown_value")]
    [InlineData("""{"count":1,"value":1,"batch":""}""", "/batch empty")]
    [InlineData("""{"count":1,"value":1,"is_active":"yes"}""", "/is_active wrong_type")]
    [InlineData("""{"count":1,"value":1,"expires_at":"31.12.2026"}""", "/expires_at wrong_type")]
    [InlineData("""{"count":1,"value":1,"starts_at":"2026-02-01","expires_at":"2026-01-31"}""", "/expires_at out_of_range")]
    [InlineData("""{"count":1,"value":1,"single_use":1,"note":2}""", "/single_use wrong_type", "/note wrong_type")]
    [InlineData("""{"count":1,"value":1,"code":"A"}""", "/code unknown_member")]
    [InlineData("[]", " wrong_type")]
    [InlineData("{", " not_json")]
    public async Task What_cannot_be_generated_is_refused(string body, params string[] errors)
    {
        using var shop = await scrip.OpenShopAsync();

        (await shop.PostAsync(Generate, body, Key("k"))).ExpectInvalid(errors);

        Assert.Equal("[]", await shop.ListAsync());
        Assert.Equal(201, (await shop.PostAsync(Generate, """{"count":1,"value":1}""", Key("k"))).Status);
    }

    [Fact]
    public async Task A_weak_pattern_is_told_its_bits()
    {
        using var shop = await scrip.OpenShopAsync();
        var refused = await shop.PostAsync(Generate, """{"count":1,"value":1,"pattern":"########"}""", Key("k"));
        Assert.Contains("The pattern has 40 random bits; 55 are needed", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_needed()
    {
        using var shop = await scrip.OpenShopAsync();
        (await shop.PostAsync(Generate, """{"count":1,"value":1}""")).ExpectProblem(400, "invalid-request");
        Assert.Equal("[]", await shop.ListAsync());
    }

    private static string[] CodesOf(Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetProperty("code").GetString()!)];
    }

    private static bool Fits(string code) => CheckCharacter.Fits([.. code.Where(character => character != '-').Select(character =>
    {
        Assert.True(CodeAlphabet.Base32.TryPlace(character, out var place));
        return place;
    })]);

    [GeneratedRegex("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")]
    private static partial Regex Default();
}
