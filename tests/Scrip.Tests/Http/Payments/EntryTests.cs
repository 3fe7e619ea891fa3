using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>A certificate's timeline and the site's journal. All tests read those of one site.</summary>
public sealed class EntryTests(EntryTests.FilledShop filled) : IClassFixture<EntryTests.FilledShop>
{
    private HttpClient Shop => filled.Client;

    [Fact]
    public async Task A_timeline_tells_everything_that_happened_to_a_certificate_oldest_first()
    {
        var answer = await Shop.FetchAsync(Certificates + "1/entry/");

        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Equal(
            """
            [{"id":1,"certificate_id":1,"redemption_id":null,"kind":"issued","amount":"500.00","balance_after":"500.00","reference":null,"detail":null,"actor":"token:1","created_at":"*"},
            {"id":3,"certificate_id":1,"redemption_id":1,"kind":"held","amount":"-100.00","balance_after":"400.00","reference":"R1","detail":null,"actor":"token:1","created_at":"*"},
            {"id":4,"certificate_id":1,"redemption_id":1,"kind":"captured","amount":"-30.00","balance_after":"400.00","reference":"R1","detail":null,"actor":"token:1","created_at":"*"},
            {"id":5,"certificate_id":1,"redemption_id":1,"kind":"captured","amount":"-30.00","balance_after":"400.00","reference":"R1","detail":null,"actor":"token:1","created_at":"*"},
            {"id":6,"certificate_id":1,"redemption_id":1,"kind":"released","amount":"40.00","balance_after":"440.00","reference":"R1","detail":null,"actor":"token:1","created_at":"*"},
            {"id":8,"certificate_id":1,"redemption_id":1,"kind":"refunded","amount":"9.90","balance_after":"449.90","reference":"R1","detail":{"reason":"Сломано"},"actor":"token:1","created_at":"*"},
            {"id":9,"certificate_id":1,"redemption_id":null,"kind":"adjusted","amount":"100.00","balance_after":"549.90","reference":null,"detail":{"value":{"before":"500.00","after":"600.00"}},"actor":"token:1","created_at":"*"},
            {"id":10,"certificate_id":1,"redemption_id":null,"kind":"renamed","amount":"0.00","balance_after":"549.90","reference":null,"detail":{"code":{"before":"A","after":"A \"2\""}},"actor":"token:1","created_at":"*"},
            {"id":11,"certificate_id":1,"redemption_id":null,"kind":"rescheduled","amount":"0.00","balance_after":"549.90","reference":null,"detail":{"expires_at":{"before":null,"after":"2999-01-01T00:00:00Z"},"single_use":{"before":false,"after":true},"note":{"before":null,"after":"for VIPs"}},"actor":"token:1","created_at":"*"},
            {"id":12,"certificate_id":1,"redemption_id":null,"kind":"deactivated","amount":"0.00","balance_after":"549.90","reference":null,"detail":null,"actor":"token:1","created_at":"*"},
            {"id":13,"certificate_id":1,"redemption_id":null,"kind":"activated","amount":"0.00","balance_after":"549.90","reference":null,"detail":null,"actor":"token:2","created_at":"*"},
            {"id":14,"certificate_id":1,"redemption_id":3,"kind":"captured","amount":"-0.90","balance_after":"549.00","reference":"R3","detail":null,"actor":"token:1","created_at":"*"},
            {"id":15,"certificate_id":1,"redemption_id":3,"kind":"forfeited","amount":"-549.00","balance_after":"0.00","reference":"R3","detail":null,"actor":"token:1","created_at":"*"}]
            """.ReplaceLineEndings(""),
            answer.BodyWithoutCreation);
    }

    [Fact]
    public async Task The_journal_tells_it_of_all_certificates_in_the_order_in_which_it_was_committed()
    {
        var journal = await Shop.FetchAsync(Entries);

        using var json = JsonDocument.Parse(journal.Body);
        Assert.Equal(Enumerable.Range(1, 15), json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("id").GetInt32()));
        Assert.Equal(
            [.. await TextsAsync(Certificates + "1/entry"), .. await TextsAsync(Certificates + "2/entry")],
            (await TextsAsync(Entries)).OrderBy(text => text.Contains("\"certificate_id\":2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("?kind=issued", 1, 2)]
    [InlineData("?kind=captured", 4, 5, 7, 14)]
    [InlineData("?kind=hold_expired")]
    [InlineData("?kind=refunded", 8)]
    [InlineData("?kind=forfeited&certificate_id=1", 15)]
    [InlineData("?certificate_id=2", 2, 7)]
    [InlineData("?certificate_id=2&kind=issued", 2)]
    [InlineData("?certificate_id=3")]
    [InlineData("?after=13", 14, 15)]
    [InlineData("?after=15")]
    [InlineData("?after=2&page_size=2", 3, 4)]
    [InlineData("?page=2&page_size=7", 8, 9, 10, 11, 12, 13, 14)]
    [InlineData("?page=3&page_size=7", 15)]
    [InlineData("?page=4&page_size=7")]
    [InlineData("?reference=R1", 3, 4, 5, 6, 8)]
    [InlineData("?reference=R3&kind=forfeited", 15)]
    [InlineData("?reference=R1&certificate_id=2")]
    [InlineData("?reference=R1&after=4&page_size=2", 5, 6)]
    [InlineData("?reference=r1")]
    [InlineData("?reference=R9")]
    [InlineData("?created_before=0")]
    [InlineData("?created_after=0&kind=held", 3)]
    [InlineData("?created_after=2999-01-01T00:00:00Z")]
    public async Task The_journal_is_filtered_and_cut_into_pages(string query, params int[] ids)
    {
        var answer = await Shop.FetchAsync(Entries + query);

        Assert.True(answer.Status == 200, answer.Body);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(ids, json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("id").GetInt32()));
    }

    /// <summary>The journal of a database that was restored from an older backup ends before what its reader has seen.</summary>
    [Theory]
    [InlineData(Entries, 16)]
    [InlineData(Entries, long.MaxValue)]
    [InlineData(Certificates + "1/entry/", 16)]
    public async Task Beyond_the_last_entry_there_is_nothing_to_wait_for(string path, long after)
    {
        (await Shop.FetchAsync(path + "?after=15")).Expect(200, "[]");
        foreach (var more in new[] { "", "&page_size=1", "&fields=id" })
        {
            var refused = await Shop.FetchAsync($"{path}?after={after}{more}");
            refused.ExpectInvalid("?after after_the_end");
            Assert.Contains($"The journal ends with entry 15, before {after}:", refused.Body, StringComparison.Ordinal);
            Assert.Contains("restored from an older backup", refused.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_issue_is_the_last_entry_where_nothing_has_followed_it()
    {
        await using var scrip = await ScripApplication.StartAsync();
        (await scrip.Client.FetchAsync(Entries + "?after=0")).Expect(200, "[]");
        (await scrip.Client.FetchAsync(Entries + "?after=1")).ExpectInvalid("?after after_the_end");
        await scrip.Client.CreateAsync("""[{"code":"A"},{"code":"B"}]""");

        (await scrip.Client.FetchAsync(Entries + "?after=1&fields=id")).Expect(200, """[{"id":2}]""");
        (await scrip.Client.FetchAsync(Entries + "?after=2")).Expect(200, "[]");
        (await scrip.Client.FetchAsync(Entries + "?after=3")).ExpectInvalid("?after after_the_end");
    }

    [Fact]
    public async Task A_timeline_is_cut_into_pages_and_attributes_too()
    {
        var page = await Shop.FetchAsync(Certificates + "2/entry/?page=2&page_size=1&fields=kind,id");
        page.Expect(200, """[{"id":7,"kind":"captured"}]""");
        Assert.Equal("2", page.Header("X-Total-Count"));
        var walk = await Shop.FetchAsync(Certificates + "2/entry/?after=0&page_size=1&fields=id");
        walk.Expect(200, """[{"id":2}]""");
        Assert.Contains("<?after=2&page_size=1&fields=id>; rel=\"next\"", walk.Header("Link"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Entries + "?kind=spent", "?kind unknown_value")]
    [InlineData(Entries + "?kind=", "?kind unknown_value")]
    [InlineData(Entries + "?certificate_id=0", "?certificate_id out_of_range")]
    [InlineData(Entries + "?created_after=now", "?created_after unknown_value")]
    [InlineData(Entries + "?reference=", "?reference empty")]
    [InlineData(Certificates + "1/entry/?reference=R1", "?reference unknown_parameter")]
    [InlineData(Entries + "?fields=held", "?fields unknown_value")]
    [InlineData(Entries + "?page=0", "?page out_of_range")]
    [InlineData(Certificates + "1/entry/?kind=held", "?kind unknown_parameter")]
    [InlineData(Certificates + "1/entry/?page=0", "?page out_of_range")]
    [InlineData(Certificates + "9/entry/?page=0", "?page out_of_range")]
    [InlineData(Certificates + "9/entry/?kind=held", "?kind unknown_parameter")]
    [InlineData(Certificates + "9/entry/?fields=held", "?fields unknown_value")]
    [InlineData(Certificates + "one/entry/?after=1&page=1", "?after not_allowed")]
    public async Task What_they_do_not_know_is_refused_before_anything_is_looked_for(string path, params string[] errors) =>
        (await Shop.FetchAsync(path)).ExpectInvalid(errors);

    [Fact]
    public async Task The_timeline_of_a_certificate_that_is_not_there_is_its_404()
    {
        foreach (var id in new[] { "3", "0", "01", "one" })
        {
            var missing = await Shop.FetchAsync($"{Certificates}{id}/entry");
            Assert.Equal((404, (await Shop.FetchAsync(Certificates + id)).BodyWithoutTrace), (missing.Status, missing.BodyWithoutTrace));
        }
    }

    [Fact]
    public async Task An_operator_acts_as_such()
    {
        await using var scrip = await ScripApplication.StartAsync();
        await scrip.Client.CreateAsync("""[{"code":"A","value":5}]""");
        await scrip.Client.RedeemAsync("""{"code":"A","amount":1,"reference":"R"}""");

        (await scrip.Client.FetchAsync(Entries + "?fields=kind,actor"))
            .Expect(200, """[{"kind":"issued","actor":"operator"},{"kind":"captured","actor":"operator"}]""");
    }

    private async Task<List<string>> TextsAsync(string path)
    {
        using var json = JsonDocument.Parse((await Shop.FetchAsync(path)).Body);
        return [.. json.RootElement.EnumerateArray().Select(entry => entry.GetRawText())];
    }

    /// <summary>Two certificates, with entries of every kind except for a hold that ran out, by two tokens.</summary>
    public sealed class FilledShop : IAsyncLifetime
    {
        private readonly SharedScrip scrip = new();
        private HttpClient? client;

        public HttpClient Client => client!;

        public async Task InitializeAsync()
        {
            await scrip.InitializeAsync();
            var site = await scrip.OpenNamedSiteAsync();
            client = await scrip.ClientForAsync(site, "certificates:read", "certificates:write", "redemptions:write", "reports:read");
            using var other = await scrip.ClientForAsync(site, "certificates:write");
            Assert.Equal(201, (await client.CreateAsync("""[{"code":"A","value":500},{"code":"B","value":500}]""")).Status);
            Assert.Equal(201, (await client.RedeemAsync("""{"code":"A","amount":100,"reference":"R1","capture":false}""")).Status);
            Assert.Equal(200, (await client.StepAsync(1, "capture", """{"amount":30,"final":false}""")).Status);
            Assert.Equal(200, (await client.StepAsync(1, "capture", """{"amount":30}""")).Status);
            Assert.Equal(201, (await client.RedeemAsync("""{"code":"B","amount":"0.01","reference":"R2"}""")).Status);
            Assert.Equal(200, (await client.StepAsync(1, "refund", """{"amount":"9.90","reason":"Сломано"}""")).Status);
            var everything = """{"code":"A \"2\"","value":600,"is_active":false,"expires_at":"2999-01-01T00:00:00Z","single_use":true,"note":"for VIPs"}""";
            Assert.Equal(200, (await client.PutAsync(Certificates + "1", everything)).Status);
            Assert.Equal(200, (await other.PutAsync(Certificates + "1", """{"code":"A \"2\"","is_active":true}""")).Status);
            Assert.Equal(201, (await client.RedeemAsync("""{"certificate_id":1,"amount":"0.90","reference":"R3"}""")).Status);
        }

        public Task DisposeAsync() => scrip.DisposeAsync();
    }
}
