using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Order, attributes and filters of a list. All tests read the certificates of one site.</summary>
public sealed class ListTests(ListTests.FilledSite filled) : IClassFixture<ListTests.FilledSite>
{
    private HttpClient Site => filled.Client;

    [Theory]
    [InlineData("", 1, 2, 3, 4, 5, 6)]
    [InlineData("?ordering=id", 1, 2, 3, 4, 5, 6)]
    [InlineData("?ordering=-id", 6, 5, 4, 3, 2, 1)]
    [InlineData("?ordering=code", 3, 1, 4, 2, 5, 6)]
    [InlineData("?ordering=-code", 6, 5, 2, 4, 1, 3)]
    [InlineData("?ordering=value", 3, 6, 1, 4, 2, 5)]
    [InlineData("?ordering=-value", 5, 2, 1, 4, 3, 6)]
    [InlineData("?ordering=created_at", 1, 2, 3, 4, 5, 6)]
    [InlineData("?ordering=-created_at", 6, 1, 2, 3, 4, 5)]
    [InlineData("?ordering=updated_at", 1, 2, 4, 5, 6, 3)]
    [InlineData("?ordering=-updated_at", 3, 6, 1, 2, 4, 5)]
    [InlineData("?is_active=false", 3, 5)]
    [InlineData("?is_active=true&value_min=100", 1, 2, 4)]
    [InlineData("?value_min=100&value_max=100", 1, 4)]
    [InlineData("?value_min=101&value_max=100")]
    [InlineData("?value_max=0", 3, 6)]
    [InlineData("?value_max=1000000000000&value_min=1000000000000", 5)]
    [InlineData("?code=B-1", 1)]
    [InlineData("?code=b-1", 2)]
    [InlineData("?code=B")]
    [InlineData("?search=b-1", 1, 2)]
    [InlineData("?search=B-1", 1, 2)]
    [InlineData("?search=ПОДАРОК", 5, 6)]
    [InlineData("?search=%25")]
    [InlineData("?search=_")]
    [InlineData("?search=%27")]
    [InlineData("?search=%D0%9E%D0%BA&is_active=false&value_min=1", 5)]
    [InlineData("?search=1&ordering=-value&is_active=true", 2, 1, 4)]
    [InlineData("?search=%D0%92i&page_size=1", 1)]
    [InlineData("?search=%EF%BC%A2%C2%ADl", 1, 2)]
    [InlineData("?after=0", 1, 2, 3, 4, 5, 6)]
    [InlineData("?after=4", 5, 6)]
    [InlineData("?after=6")]
    [InlineData("?after=9223372036854775807")]
    [InlineData("?after=1&page_size=2", 2, 3)]
    [InlineData("?after=1&page_size=2&is_active=true", 2, 4)]
    [InlineData("?after=1&ordering=id&page_size=1", 2)]
    [InlineData("?page=1", 1, 2, 3, 4, 5, 6)]
    [InlineData("?page_size=4", 1, 2, 3, 4)]
    [InlineData("?page=2&page_size=4", 5, 6)]
    [InlineData("?page=3&page_size=4")]
    [InlineData("?page=1844674407370955&page_size=5000")]
    [InlineData("?page=2&page_size=2&ordering=-value", 1, 4)]
    [InlineData("?page=2&page_size=1&is_active=false", 5)]
    public async Task A_list_holds_just_these_in_this_order(string query, params int[] ids)
    {
        var answer = await Site.FetchAsync(Certificates + query);

        Assert.True(answer.Status == 200, answer.Body);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal(ids, json.RootElement.EnumerateArray().Select(certificate => certificate.GetProperty("id").GetInt32()));
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("created_after", 6)]
    [InlineData("created_before", 1, 2, 3, 4, 5)]
    [InlineData("updated_after", 3, 6)]
    public async Task Times_are_taken_in_both_forms(string filter, params int[] ids)
    {
        var between = filled.BetweenCreates;
        // The first certificates were created in the whole second before the last one was.
        foreach (var time in new[]
        {
            between.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            between.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            between.ToString("yyyy-MM-dd't'HH:mm:ss.000'z'", System.Globalization.CultureInfo.InvariantCulture),
            between.ToString("yyyy-MM-dd'T'HH:mm:ss.000000000'Z'", System.Globalization.CultureInfo.InvariantCulture),
            Uri.EscapeDataString(between.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)),
            between.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            between.ToOffset(TimeSpan.FromHours(-9)).ToString("yyyy-MM-dd'T'HH:mm:ss.0zzz", System.Globalization.CultureInfo.InvariantCulture),
        })
            (await Site.FetchAsync($"{Certificates}?fields=id&{filter}={time}")).Expect(200, $"[{string.Join(',', ids.Select(id => $$"""{"id":{{id}}}"""))}]");
    }

    [Fact]
    public async Task A_time_is_compared_to_its_seventh_digit()
    {
        var line = await Site.FetchAsync(Certificates + "6?fields=created_at");
        var createdAt = DateTimeOffset.Parse(line.Body.Split('"')[3], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("\"id\":6", (await Site.FetchAsync(Certificates + "?created_before=" + Text(1))).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":6", (await Site.FetchAsync(Certificates + "?created_before=" + Text(-1))).Body, StringComparison.Ordinal);
        (await Site.FetchAsync(Certificates + "?created_after=" + Text(1))).Expect(200, "[]");
        Assert.Contains("\"id\":6", (await Site.FetchAsync(Certificates + "?created_after=" + Text(-1))).Body, StringComparison.Ordinal);

        string Text(int ticks) =>
            createdAt.AddTicks(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_time_filter_excludes_its_bound()
    {
        var line = await Site.FetchAsync(Certificates + "6?fields=created_at");
        var createdAt = line.Body.Split('"')[3];

        (await Site.FetchAsync($"{Certificates}?created_after={createdAt}")).Expect(200, "[]");
        Assert.DoesNotContain("\"id\":6", (await Site.FetchAsync($"{Certificates}?created_before={createdAt}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?page=0", "?page out_of_range")]
    [InlineData("?page=-1", "?page out_of_range")]
    [InlineData("?page=x", "?page not_an_integer")]
    [InlineData("?page=", "?page not_an_integer")]
    [InlineData("?page=1.0", "?page not_an_integer")]
    [InlineData("?page=%201", "?page not_an_integer")]
    [InlineData("?page=99999999999999999999", "?page out_of_range")]
    [InlineData("?page=9223372036854775807", "?page out_of_range")]
    [InlineData("?page_size=0", "?page_size out_of_range")]
    [InlineData("?page_size=5001", "?page_size out_of_range")]
    [InlineData("?page_size=all", "?page_size not_an_integer")]
    [InlineData("?after=-1", "?after out_of_range")]
    [InlineData("?after=x", "?after not_an_integer")]
    [InlineData("?after=9223372036854775808", "?after out_of_range")]
    [InlineData("?after=1&page=1", "?after not_allowed")]
    [InlineData("?after=1&ordering=code", "?after not_allowed")]
    [InlineData("?after=1&ordering=-id", "?after not_allowed")]
    [InlineData("?ordering=", "?ordering unknown_value")]
    [InlineData("?ordering=-", "?ordering unknown_value")]
    [InlineData("?ordering=--id", "?ordering unknown_value")]
    [InlineData("?ordering=balance", "?ordering unknown_value")]
    [InlineData("?ordering=ID", "?ordering unknown_value")]
    [InlineData("?ordering=code,id", "?ordering unknown_value")]
    [InlineData("?ordering=id;drop", "?ordering unknown_value")]
    [InlineData("?fields=", "?fields unknown_value")]
    [InlineData("?fields=id,", "?fields unknown_value")]
    [InlineData("?fields=id,secret", "?fields unknown_value")]
    [InlineData("?fields=ID", "?fields unknown_value")]
    [InlineData("?fields=*", "?fields unknown_value")]
    [InlineData("?code=", "?code empty")]
    [InlineData("?search=", "?search empty")]
    [InlineData("?search", "?search empty")]
    [InlineData("?search=-", "?search empty")]
    [InlineData("?search=%20%E2%80%8B%E2%88%92", "?search empty")]
    [InlineData("?search=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "?search too_long")]
    [InlineData("?search=%00", "?search control_character")]
    [InlineData("?search=A%00", "?search control_character")]
    [InlineData("?search=%0A", "?search control_character")]
    [InlineData("?code=A%00", "?code control_character")]
    [InlineData("?code=%7F", "?code control_character")]
    [InlineData("?is_active=1", "?is_active unknown_value")]
    [InlineData("?is_active=True", "?is_active unknown_value")]
    [InlineData("?is_active=", "?is_active unknown_value")]
    [InlineData("?value_min=-1", "?value_min out_of_range")]
    [InlineData("?value_min=1000000000001", "?value_min out_of_range")]
    [InlineData("?value_max=ten", "?value_max not_an_integer")]
    [InlineData("?value_max=1e3", "?value_max not_an_integer")]
    [InlineData("?created_after=", "?created_after unknown_value")]
    [InlineData("?created_after=yesterday", "?created_after unknown_value")]
    [InlineData("?created_after=2026-01-31", "?created_after unknown_value")]
    [InlineData("?created_after=2026-01-31T12:00:00", "?created_after unknown_value")]
    [InlineData("?created_after=2026-02-30T12:00:00Z", "?created_after unknown_value")]
    [InlineData("?created_before=-5", "?created_before unknown_value")]
    [InlineData("?created_before=1.5", "?created_before unknown_value")]
    [InlineData("?updated_after=99999999999999999999", "?updated_after unknown_value")]
    [InlineData("?updated_after=0001-01-01T00:00:00%2B14:00", "?updated_after unknown_value")]
    [InlineData("?isactive=false", "?isactive unknown_parameter")]
    [InlineData("?Code=A", "?Code unknown_parameter")]
    [InlineData("?limit=10&offset=5", "?limit unknown_parameter", "?offset unknown_parameter")]
    [InlineData("?=1", "? unknown_parameter")]
    [InlineData("?code=A&code=A", "?code repeated_parameter")]
    [InlineData("?code=A&CODE=B", "?CODE unknown_parameter")]
    [InlineData("?page=0&page_size=x&is_active=no", "?page out_of_range", "?page_size not_an_integer", "?is_active unknown_value")]
    public async Task A_list_refuses_what_it_does_not_know(string query, params string[] errors) =>
        (await Site.FetchAsync(Certificates + query)).ExpectInvalid(errors);

    [Fact]
    public async Task An_unknown_parameter_and_an_unknown_field_are_told_which_there_are()
    {
        Assert.Contains(
            "Known parameters: page, page_size, after, format, separator, fields, ordering, code, is_active, value_min, value_max, created_after, created_before, updated_after, search, batch_id.",
            (await Site.FetchAsync(Certificates + "?isactive=1")).Body, StringComparison.Ordinal);
        Assert.Contains(
            "Unknown attribute secret. Known attributes: id, code, is_active, value, balance, spent, held, currency, starts_at, expires_at, single_use, note, batch_id, created_at, updated_at, version.",
            (await Site.FetchAsync(Certificates + "?fields=secret")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code", """{"code":"b-1"}""")]
    [InlineData("value,id", """{"id":2,"value":200}""")]
    [InlineData("version,%20held,balance,id,id", """{"id":2,"balance":"200.00","held":"0.00","version":1}""")]
    [InlineData("spent,currency,is_active", """{"is_active":true,"spent":"0.00","currency":"USD"}""")]
    public async Task Fields_choose_the_attributes_and_not_their_order(string fields, string certificate)
    {
        (await Site.FetchAsync($"{Certificates}2?fields={fields}")).Expect(200, certificate);
        (await Site.FetchAsync($"{Certificates}?fields={fields}&code=b-1")).Expect(200, $"[{certificate}]");
    }

    [Fact]
    public async Task Times_are_answered_in_UTC_by_RFC_3339()
    {
        var answer = await Site.FetchAsync(Certificates + "3?fields=created_at,updated_at");

        Assert.Matches("""^\{"created_at":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z","updated_at":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z"\}$""", answer.Body);
    }

    /// <summary>Six certificates: five created at once, the sixth in a later second, and then the third changed.</summary>
    public sealed class FilledSite : IAsyncLifetime
    {
        private readonly SharedScrip scrip = new();
        private HttpClient? client;

        public HttpClient Client => client!;

        /// <summary>A whole second after the first five were created and before the sixth was.</summary>
        public DateTimeOffset BetweenCreates { get; private set; }

        public async Task InitializeAsync()
        {
            await scrip.InitializeAsync();
            client = await scrip.OpenSiteAsync();
            var created = await client.CreateAsync(
                """[{"code":"B-1","value":100},{"code":"b-1","value":200},{"code":"A-1","value":0,"is_active":false},{"code":"C-1","value":100},{"code":"Подарок-1","value":1000000000000,"is_active":false}]""");
            Assert.Equal(201, created.Status);
            BetweenCreates = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
            await Task.Delay(BetweenCreates - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(20));
            Assert.Equal(201, (await client.CreateAsync("""[{"code":"подарок-2"}]""")).Status);
            Assert.Equal(200, (await client.PutAsync(Certificates + "3", """{"code":"A-1","is_active":true}""")).Status);
            Assert.Equal(200, (await client.PutAsync(Certificates + "3", """{"code":"A-1","is_active":false}""")).Status);
        }

        public Task DisposeAsync() => scrip.DisposeAsync();
    }
}
