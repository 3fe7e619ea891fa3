using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>The attributes beyond the document's four in the two bulk calls.</summary>
public sealed class BulkTermsTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Terms = Certificates + "?fields=id,starts_at,expires_at,single_use,note";

    [Fact]
    public async Task A_bulk_create_takes_terms_and_still_answers_the_four_of_the_document()
    {
        var site = await OpenAsync("UTC");

        (await site.CreateAsync(
            """
            [{"code":"A","value":5,"starts_at":"2026-01-31T12:00:00+02:00","expires_at":"2026-12-31","single_use":true,"note":"one\nline"},
             {"code":"B","starts_at":"2026-01-31","expires_at":null,"note":null},{"code":"C"}]
            """)).Expect(
            201,
            """[{"id":1,"code":"A","is_active":true,"value":5},{"id":2,"code":"B","is_active":true,"value":0},"""
            + """{"id":3,"code":"C","is_active":true,"value":0}]""");

        (await site.FetchAsync(Terms)).Expect(
            200,
            """[{"id":1,"starts_at":"2026-01-31T10:00:00Z","expires_at":"2027-01-01T00:00:00Z","single_use":true,"note":"one\nline"},"""
            + """{"id":2,"starts_at":"2026-01-31T00:00:00Z","expires_at":null,"single_use":false,"note":null},"""
            + """{"id":3,"starts_at":null,"expires_at":null,"single_use":false,"note":null}]""");
    }

    [Fact]
    public async Task A_bulk_update_keeps_the_terms_it_leaves_out_and_clears_those_it_gives_as_null()
    {
        var site = await OpenAsync("UTC");
        await site.CreateAsync("""[{"code":"A","starts_at":"2026-01-01","expires_at":"2026-12-31","single_use":true,"note":"kept"}]""");

        Assert.Equal(200, (await site.UpdateAsync("""[{"id":1,"code":"A","expires_at":null}]""")).Status);

        (await site.FetchAsync(Terms)).Expect(
            200, """[{"id":1,"starts_at":"2026-01-01T00:00:00Z","expires_at":null,"single_use":true,"note":"kept"}]""");
        (await site.FetchAsync(Certificates + "1/entry/?fields=kind,detail")).Expect(
            200,
            """[{"kind":"issued","detail":null},"""
            + """{"kind":"rescheduled","detail":{"expires_at":{"before":"2027-01-01T00:00:00Z","after":null}}}]""");
    }

    /// <summary>
    /// The end of a day is the local beginning of the next one; if midnight is skipped, it is the instant after the skip.
    /// </summary>
    [Theory]
    [InlineData("Europe/Chisinau", "2026-03-28", "2026-03-28T22:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-03-29", "2026-03-29T21:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-10-24", "2026-10-24T21:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-10-25", "2026-10-25T22:00:00Z")]
    [InlineData("America/Havana", "2026-03-07", "2026-03-08T05:00:00Z")]
    [InlineData("America/Havana", "2026-03-08", "2026-03-09T04:00:00Z")]
    [InlineData("America/Havana", "2026-10-31", "2026-11-01T04:00:00Z")]
    public async Task A_date_is_the_end_of_its_day_on_both_sides_of_a_clock_change(string timeZone, string date, string instant)
    {
        var site = await OpenAsync(timeZone);
        await site.CreateAsync($$"""[{"code":"A","expires_at":"{{date}}"}]""");
        (await site.FetchAsync(Certificates + "1/?fields=expires_at")).Expect(200, $$"""{"expires_at":"{{instant}}"}""");
    }

    [Fact]
    public async Task Every_faulty_term_of_every_item_is_named_and_nothing_is_stored()
    {
        var site = await OpenAsync("UTC");
        var tooLong = new string('x', 501);

        (await site.CreateAsync(
            $$"""
            [{"code":"A","starts_at":5},{"code":"B","expires_at":"tomorrow"},{"code":"C","single_use":null},{"code":"D","note":"{{tooLong}}"},
             {"code":"E","note":"\u0000"},{"code":"F","starts_at":"2026-02-01","expires_at":"2026-01-01"},{"code":"G","expires_at":"2026-02-30"}]
            """)).ExpectInvalid(
            "/0/starts_at wrong_type", "/1/expires_at wrong_type", "/2/single_use wrong_type", "/3/note too_long",
            "/4/note control_character", "/5/expires_at out_of_range", "/6/expires_at wrong_type");

        Assert.Equal("[]", await site.ListAsync());
    }

    [Fact]
    public async Task A_bulk_update_that_would_undo_what_was_paid_or_turn_the_terms_round_is_refused_whole()
    {
        var site = await OpenAsync("UTC");
        await site.CreateAsync("""[{"code":"A","value":10},{"code":"B","starts_at":"2026-02-01"},{"code":"C"}]""");
        var paid = await site.PostAsync(
            Redemptions, """{"certificate_id":1,"amount":"4.50","reference":"R"}""", ("Idempotency-Key", "paid"));
        Assert.Equal(201, paid.Status);
        var before = await site.ListAsync();

        (await site.UpdateAsync(
            """[{"id":1,"code":"A","value":4},{"id":2,"code":"B","expires_at":"2026-01-01"},{"id":3,"code":"C","value":9}]"""))
            .ExpectProblem(409, "conflict", "/0/value value_below_used", "/1/expires_at expires_before_start");

        Assert.Equal(before, await site.ListAsync());
        Assert.Equal(200, (await site.UpdateAsync("""[{"id":1,"code":"A","value":5}]""")).Status);
        (await site.FetchAsync(Certificates + "1/?fields=balance,spent")).Expect(200, """{"balance":"0.50","spent":"4.50"}""");
    }

    [Fact]
    public async Task A_replayed_bulk_create_with_terms_has_the_same_bytes_and_stores_nothing_more()
    {
        var site = await OpenAsync("UTC");
        const string body = """[{"code":"A","value":5,"expires_at":"2026-12-31","note":"n"}]""";
        var first = await site.CreateAsync(body, ("Idempotency-Key", "once"));
        await site.UpdateAsync("""[{"id":1,"code":"RENAMED","expires_at":null,"note":"other"}]""");

        var again = await site.CreateAsync(body, ("Idempotency-Key", "once"));

        Assert.Equal((201, first.Body, "true"), (again.Status, again.Body, again.Header("Idempotent-Replayed")));
        (await site.FetchAsync(Certificates + "?fields=code,note")).Expect(200, """[{"code":"RENAMED","note":"other"}]""");
    }

    private async Task<HttpClient> OpenAsync(string timeZone)
    {
        var name = await scrip.OpenNamedSiteAsync(timeZone: timeZone);
        return await scrip.ClientForAsync(name, "certificates:read", "certificates:write", "redemptions:write");
    }
}
