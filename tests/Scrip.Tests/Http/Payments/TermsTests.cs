using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>When and how a certificate may be spent: written in create and update, read by <c>fields</c>.</summary>
public sealed class TermsTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Fields = "?fields=starts_at,expires_at,single_use,note";

    /// <summary>
    /// A day begins with its first instant and ends with the first instant of the next one, on both sides of a clock change.
    /// </summary>
    [Theory]
    [InlineData("UTC", "2026-02-28", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("UTC", "2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-03-28", "2026-03-27T22:00:00Z", "2026-03-28T22:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-03-30", "2026-03-29T21:00:00Z", "2026-03-30T21:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-10-24", "2026-10-23T21:00:00Z", "2026-10-24T21:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z")]
    [InlineData("Europe/Chisinau", "2026-10-26", "2026-10-25T22:00:00Z", "2026-10-26T22:00:00Z")]
    // Midnight is skipped in spring, and occurs twice in autumn.
    [InlineData("America/Havana", "2026-03-07", "2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z")]
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("America/Havana", "2026-10-31", "2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    // Midnight is skipped in spring; in autumn the hour before it occurs twice.
    [InlineData("Asia/Beirut", "2026-03-28", "2026-03-27T22:00:00Z", "2026-03-28T22:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("Asia/Beirut", "2026-10-24", "2026-10-23T21:00:00Z", "2026-10-24T22:00:00Z")]
    [InlineData("Asia/Beirut", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z", "2026-01-01T18:15:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z", "2026-01-01T10:00:00Z")]
    public async Task A_date_is_the_beginning_or_the_end_of_that_day_where_the_site_is(string zone, string date, string start, string end)
    {
        var shop = await scrip.OpenShopAsync("USD", zone);

        var created = await shop.CreateAsync($$"""[{"code":"A","starts_at":"{{date}}","expires_at":"{{date}}"},{"code":"B"}]""");
        created.Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0},{"id":2,"code":"B","is_active":true,"value":0}]""");
        await shop.UpdateAsync($$"""[{"id":2,"code":"B","starts_at":"{{date}}","expires_at":"{{date}}"}]""");

        foreach (var id in new[] { 1, 2 })
        {
            (await shop.FetchAsync($"{Certificates}{id}?fields=starts_at,expires_at"))
                .Expect(200, $$"""{"starts_at":"{{start}}","expires_at":"{{end}}"}""");
        }
    }

    /// <summary>Samoa had no 30 December 2011, because it moved west over the date line.</summary>
    [Fact]
    public async Task A_day_that_never_was_has_no_instant_in_it()
    {
        var shop = await scrip.OpenShopAsync("WST", "Pacific/Apia");

        await shop.CreateAsync("""[{"code":"A","expires_at":"2011-12-29"},{"code":"B","expires_at":"2011-12-30"},{"code":"C","starts_at":"2011-12-31"}]""");
        (await shop.FetchAsync(Certificates + "?fields=starts_at,expires_at")).Expect(
            200,
            """[{"starts_at":null,"expires_at":"2011-12-30T10:00:00Z"},{"starts_at":null,"expires_at":"2011-12-30T10:00:00Z"},{"starts_at":"2011-12-30T10:00:00Z","expires_at":null}]""");
        (await shop.CreateAsync("""[{"code":"D","starts_at":"2011-12-30","expires_at":"2011-12-30"}]""")).ExpectInvalid("/0/expires_at out_of_range");
    }

    [Theory]
    [InlineData("Europe/Chisinau")]
    [InlineData("America/Havana")]
    [InlineData("UTC")]
    public async Task The_first_and_the_last_day_there_is_are_taken_as_far_as_time_goes(string zone)
    {
        var shop = await scrip.OpenShopAsync("USD", zone);
        const string terms = """{"code":"A","starts_at":"0001-01-01","expires_at":"9999-12-31"}""";

        Assert.Equal(201, (await shop.CreateAsync($"[{terms}]")).Status);
        var read = await shop.FetchAsync(Certificates + "1?fields=starts_at,expires_at");
        Assert.StartsWith("{\"starts_at\":\"0001-01-01T0", read.Body, StringComparison.Ordinal);
        Assert.EndsWith(",\"expires_at\":\"9999-12-31T23:59:59.999999Z\"}", read.Body, StringComparison.Ordinal);
        // The same again changes nothing.
        Assert.Equal("\"1\"", (await shop.PutAsync(Certificates + "1", terms)).Header("ETag"));
        Assert.Equal(200, (await shop.FetchAsync(Liability + "?as_of=0001-01-01")).Status);
        (await shop.FetchAsync(Liability + "?as_of=9999-12-31")).ExpectInvalid("?as_of out_of_range");
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31t12:00:00z", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31T23:30:00-10:00", "2026-02-01T09:30:00Z")]
    [InlineData("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5Z")]
    [InlineData("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123456Z")]
    public async Task A_time_is_that_instant_whatever_the_zone(string given, string answered)
    {
        var shop = await scrip.OpenShopAsync("USD", "Asia/Tokyo");
        await shop.CreateAsync($$"""[{"code":"A","expires_at":"{{given}}"}]""");

        (await shop.FetchAsync(Certificates + "1?fields=expires_at")).Expect(200, $$"""{"expires_at":"{{answered}}"}""");
    }

    [Fact]
    public async Task Terms_are_kept_when_left_out_and_taken_away_by_null()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync(
            """[{"code":"A","starts_at":"2026-01-01","expires_at":"2026-01-31","single_use":true,"note":"line 1\nПодарок\t🎁"},{"code":"B","note":""}]""");
        var all = """{"starts_at":"2026-01-01T00:00:00Z","expires_at":"2026-02-01T00:00:00Z","single_use":true,"note":"line 1\nПодарок\t\uD83C\uDF81"}""";
        (await shop.FetchAsync(Certificates + "1" + Fields)).Expect(200, all);
        (await shop.FetchAsync(Certificates + "2" + Fields)).Expect(200, """{"starts_at":null,"expires_at":null,"single_use":false,"note":""}""");

        await shop.PutAsync(Certificates + "1", """{"code":"A"}""");
        (await shop.FetchAsync(Certificates + Fields + "&code=A")).Expect(200, $"[{all}]");
        await shop.PutAsync(Certificates + "1", """{"code":"A","starts_at":null,"note":null,"single_use":false}""");
        (await shop.FetchAsync(Certificates + "1" + Fields))
            .Expect(200, """{"starts_at":null,"expires_at":"2026-02-01T00:00:00Z","single_use":false,"note":null}""");
        (await shop.FetchAsync(Certificates + "1")).Expect(200, """{"id":1,"code":"A","is_active":true,"value":0}""");
    }

    [Theory]
    [InlineData("starts_at", "\"2026-02-30\"", "wrong_type")]
    [InlineData("expires_at", "\"2026-1-1\"", "wrong_type")]
    [InlineData("expires_at", "\"31.01.2026\"", "wrong_type")]
    [InlineData("expires_at", "\"2026-01-31T12:00:00\"", "wrong_type")]
    [InlineData("expires_at", "\"2026-01-31 12:00:00Z\"", "wrong_type")]
    [InlineData("expires_at", "\"0001-01-01T00:00:00+14:00\"", "wrong_type")]
    [InlineData("expires_at", "\"\"", "wrong_type")]
    [InlineData("expires_at", "\"\\ud800\"", "wrong_type")]
    [InlineData("expires_at", "1800000000", "wrong_type")]
    [InlineData("expires_at", "{}", "wrong_type")]
    [InlineData("single_use", "null", "wrong_type")]
    [InlineData("single_use", "1", "wrong_type")]
    [InlineData("single_use", "\"true\"", "wrong_type")]
    [InlineData("note", "5", "wrong_type")]
    [InlineData("note", "[]", "wrong_type")]
    [InlineData("note", "\"a\\u0000\"", "control_character")]
    [InlineData("note", "\"\\ud800\"", "not_unicode")]
    [InlineData("note", "\"501\"", "too_long")]
    public async Task A_term_that_is_none_is_refused_in_every_write(string name, string value, string error)
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A"}]""");
        if (value == "\"501\"")
            value = $"\"{string.Concat(Enumerable.Repeat("🎁", 501))}\"";

        (await shop.CreateAsync($$"""[{"code":"B","{{name}}":{{value}}}]""")).ExpectInvalid($"/0/{name} {error}");
        (await shop.PutAsync(Certificates + "1", $$"""{"code":"A","{{name}}":{{value}}}""")).ExpectInvalid($"/{name} {error}");
        (await shop.UpdateAsync($$"""[{"id":1,"code":"A","{{name}}":{{value}},"{{name}}":null}]"""))
            .ExpectInvalid($"/0/{name} {error}", $"/0/{name} repeated_member");
        Assert.Equal("1", await shop.AttributeAsync(1, "version"));
    }

    [Fact]
    public async Task A_note_has_500_characters_at_most()
    {
        var shop = await scrip.OpenShopAsync();
        var note = string.Concat(Enumerable.Repeat("ж", 500));

        Assert.Equal(201, (await shop.CreateAsync($$"""[{"code":"A","note":"{{note}}"}]""")).Status);
        Assert.Equal($"\"{note}\"", await shop.AttributeAsync(1, "note"));
    }

    [Fact]
    public async Task A_certificate_expires_after_it_starts()
    {
        var shop = await scrip.OpenShopAsync();
        foreach (var (start, end) in new[] { ("2026-01-02", "2026-01-01"), ("2026-01-02", "2026-01-02T00:00:00Z"), ("2026-01-02T00:00:00.000001Z", "2026-01-01") })
            (await shop.CreateAsync($$"""[{"code":"A","starts_at":"{{start}}","expires_at":"{{end}}"}]""")).ExpectInvalid("/0/expires_at out_of_range");
        await shop.CreateAsync("""[{"code":"A","starts_at":"2026-01-02"},{"code":"B","expires_at":"2026-01-02"}]""");

        (await shop.PutAsync(Certificates + "1", """{"code":"A","expires_at":"2026-01-01"}""")).ExpectProblem(409, "conflict", "/expires_at expires_before_start");
        (await shop.UpdateAsync("""[{"id":1,"code":"A"},{"id":2,"code":"B","starts_at":"2026-01-03"}]"""))
            .ExpectProblem(409, "conflict", "/1/expires_at expires_before_start");
        Assert.Equal(200, (await shop.PutAsync(Certificates + "2", """{"code":"B","starts_at":"2026-01-02"}""")).Status);
    }
}
