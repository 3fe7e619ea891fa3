using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>The list of redemptions: filters, attributes and pages. All tests read those of one site.</summary>
public sealed class RedemptionListTests(RedemptionListTests.FilledShop filled) : IClassFixture<RedemptionListTests.FilledShop>
{
    private const string Names = "id, certificate_id, code, reference, state, amount, captured, refunded, balance, created_at, hold_expires_at";

    private HttpClient Shop => filled.Client;

    [Theory]
    [InlineData("", 1, 2, 3, 4, 5)]
    [InlineData("?certificate_id=1", 1, 3, 4)]
    [InlineData("?certificate_id=3")]
    [InlineData("?certificate_id=99")]
    [InlineData("?code=A-1", 1, 3, 4)]
    [InlineData("?code=a1")]
    [InlineData("?code=A-1&certificate_id=1", 1, 3, 4)]
    [InlineData("?code=A-1&certificate_id=2")]
    [InlineData("?code=NONE")]
    [InlineData("?code=NONE&certificate_id=1")]
    [InlineData("?reference=R", 1, 2)]
    [InlineData("?reference=r", 3)]
    [InlineData("?reference=%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%2F5", 5)]
    [InlineData("?state=held", 4)]
    [InlineData("?state=captured", 2, 3, 5)]
    [InlineData("?state=released", 1)]
    [InlineData("?state=expired")]
    [InlineData("?state=captured&certificate_id=2", 2, 5)]
    [InlineData("?created_after=0", 1, 2, 3, 4, 5)]
    [InlineData("?created_before=0")]
    [InlineData("?created_after=2999-01-01T00:00:00Z")]
    [InlineData("?created_before=2999-01-01T00:00:00Z&reference=R", 1, 2)]
    [InlineData("?after=0", 1, 2, 3, 4, 5)]
    [InlineData("?after=2&page_size=2", 3, 4)]
    [InlineData("?after=5")]
    [InlineData("?page=1", 1, 2, 3, 4, 5)]
    [InlineData("?page=2&page_size=2", 3, 4)]
    [InlineData("?page=3&page_size=2", 5)]
    [InlineData("?page=9&page_size=2")]
    [InlineData("?page=2&page_size=2&state=captured", 5)]
    public async Task A_list_holds_just_these_in_the_order_of_ids(string query, params int[] ids)
    {
        var answer = await Shop.FetchAsync(Redemptions + query);

        Assert.True(answer.Status == 200, answer.Body);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(ids, json.RootElement.EnumerateArray().Select(redemption => redemption.GetProperty("id").GetInt32()));
        Assert.Equal(("application/json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
    }

    [Fact]
    public async Task The_instant_of_a_redemption_is_on_neither_side_of_it()
    {
        using var third = JsonDocument.Parse((await Shop.FetchAsync(Redemptions + "3")).Body);
        var at = third.RootElement.GetProperty("created_at").GetString();

        Assert.DoesNotContain("\"id\":3,", (await Shop.FetchAsync($"{Redemptions}?created_after={at}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":3,", (await Shop.FetchAsync($"{Redemptions}?created_before={at}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_say_how_many_there_are_and_where_the_others_are()
    {
        var page = await Shop.FetchAsync(Redemptions + "?page=2&page_size=2&certificate_id=1");
        Assert.Equal("3", page.Header("X-Total-Count"));
        Assert.Equal(
            "<?page=1&page_size=2&certificate_id=1>; rel=\"first\", <?page=1&page_size=2&certificate_id=1>; rel=\"prev\", <?page=2&page_size=2&certificate_id=1>; rel=\"last\"",
            page.Header("Link"));

        var walk = await Shop.FetchAsync(Redemptions + "?after=1&page_size=2");
        Assert.Null(walk.Header("X-Total-Count"));
        Assert.Equal(
            "<?after=0&page_size=2>; rel=\"first\", <?after=3&page_size=2>; rel=\"next\"",
            walk.Header("Link"));
        Assert.DoesNotContain("next", (await Shop.FetchAsync(Redemptions + "?after=3&page_size=2")).Header("Link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_choose_the_attributes_and_not_their_order()
    {
        (await Shop.FetchAsync(Redemptions + "2?fields=state,id,%20balance,id"))
            .Expect(200, """{"id":2,"state":"captured","balance":"495.00"}""");
        (await Shop.FetchAsync(Redemptions + "?fields=code,certificate_id&reference=R"))
            .Expect(200, """[{"certificate_id":1,"code":"A-1"},{"certificate_id":2,"code":"B"}]""");
        var all = await Shop.FetchAsync(Redemptions + "4");
        (await Shop.FetchAsync($"{Redemptions}4?fields={Names.Replace(" ", "", StringComparison.Ordinal)}")).Expect(200, all.Body);
        (await Shop.FetchAsync(Redemptions + "?after=3&page_size=1")).Expect(200, $"[{all.Body}]");
    }

    [Theory]
    [InlineData("?state=open", "?state unknown_value")]
    [InlineData("?state=Held", "?state unknown_value")]
    [InlineData("?state=", "?state unknown_value")]
    [InlineData("?reference=", "?reference empty")]
    [InlineData("?code=", "?code empty")]
    [InlineData("?certificate_id=0", "?certificate_id out_of_range")]
    [InlineData("?certificate_id=A", "?certificate_id not_an_integer")]
    [InlineData("?created_after=yesterday", "?created_after unknown_value")]
    [InlineData("?created_before=2026-01-31", "?created_before unknown_value")]
    [InlineData("?ordering=-id", "?ordering unknown_parameter")]
    [InlineData("?Reference=R", "?Reference unknown_parameter")]
    [InlineData("?reference=R&reference=S", "?reference repeated_parameter")]
    [InlineData("?after=1&page=1", "?after not_allowed")]
    [InlineData("?page_size=5001", "?page_size out_of_range")]
    [InlineData("?fields=price", "?fields unknown_value")]
    [InlineData("?fields=", "?fields unknown_value")]
    [InlineData("?page=0&state=x", "?state unknown_value", "?page out_of_range")]
    public async Task A_list_refuses_what_it_does_not_know(string query, params string[] errors) =>
        (await Shop.FetchAsync(Redemptions + query)).ExpectInvalid(errors);

    [Fact]
    public async Task One_that_is_not_there_is_a_404_and_a_wrong_parameter_comes_first()
    {
        foreach (var id in new[] { "6", "0", "01", "one", "9223372036854775808" })
        {
            var missing = await Shop.FetchAsync(Redemptions + id);
            Assert.Equal(
                (404, """{"type":"/problems/not-found","title":"Not found.","status":404,"detail":"The redemption was not found.","trace_id":"*"}"""),
                (missing.Status, missing.BodyWithoutTrace));
            (await Shop.FetchAsync(Redemptions + id + "?fields=price")).ExpectInvalid("?fields unknown_value");
        }
        (await Shop.FetchAsync(Redemptions + "1?state=held")).ExpectInvalid("?state unknown_parameter");
    }

    /// <summary>Five redemptions of two certificates: released, captured, captured, held and refunded.</summary>
    public sealed class FilledShop : IAsyncLifetime
    {
        private readonly SharedScrip scrip = new();
        private HttpClient? client;

        public HttpClient Client => client!;

        public async Task InitializeAsync()
        {
            await scrip.InitializeAsync();
            client = await scrip.OpenShopAsync();
            await client.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":500},{"code":"C","value":500}]""");
            string[] bodies =
            [
                """{"code":"A","amount":1,"reference":"R","capture":false}""", """{"code":"B","amount":5,"reference":"R"}""",
                """{"code":"A","amount":3,"reference":"r"}""", """{"code":"A","amount":4,"reference":"S","capture":false}""",
                """{"code":"B","amount":6,"reference":"Заказ/5"}""",
            ];
            foreach (var body in bodies)
                Assert.Equal(201, (await client.RedeemAsync(body)).Status);
            Assert.Equal(200, (await client.StepAsync(1, "release")).Status);
            Assert.Equal(200, (await client.StepAsync(5, "refund")).Status);
            // A list shows the current code of the certificate.
            Assert.Equal(200, (await client.PutAsync(Certificates + "1", """{"code":"A-1"}""")).Status);
        }

        public Task DisposeAsync() => scrip.DisposeAsync();
    }
}
