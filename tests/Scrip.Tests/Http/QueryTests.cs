using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>No call accepts an unknown or repeated query parameter.</summary>
public sealed class QueryTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("GET", Certificates, null)]
    [InlineData("GET", Certificates + "1/", null)]
    [InlineData("PUT", Certificates + "1/", """{"code":"B"}""")]
    [InlineData("POST", BulkCreate, """[{"code":"B"}]""")]
    [InlineData("PUT", BulkUpdate, """[{"id":1,"code":"B"}]""")]
    [InlineData("GET", "/external/site/", null)]
    [InlineData("POST", "/external/site/", """{"name":"query","currency":"USD","time_zone":"UTC"}""")]
    [InlineData("GET", "/external/api-token/", null)]
    [InlineData("POST", "/external/api-token/", """{"site":"default","name":"query","scopes":["admin"]}""")]
    [InlineData("DELETE", "/external/api-token/1/", null)]
    public async Task An_unknown_parameter_is_refused(string method, string path, string? body)
    {
        var admin = scrip.Application.Client;
        await admin.CreateAsync("""[{"code":"A"}]""");
        var before = await admin.ListAsync();

        (await admin.CallAsync(method, path + "?nonsense=1", body)).ExpectInvalid("?nonsense unknown_parameter");
        (await admin.CallAsync(method, path + "?nonsense", body)).ExpectInvalid("?nonsense unknown_parameter");
        Assert.Equal(before, await admin.ListAsync());
        Assert.DoesNotContain("query", (await admin.FetchAsync("/external/site/")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("query", (await admin.FetchAsync("/external/api-token/")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", Certificates + "1/", "fields=id&fields=code", "?fields repeated_parameter")]
    [InlineData("GET", Certificates, "page=1&page=2", "?page repeated_parameter")]
    [InlineData("GET", "/external/api-token/", "site=default&site=default", "?site repeated_parameter")]
    [InlineData("DELETE", "/external/api-token/1/", "site=default&site=default", "?site repeated_parameter")]
    public async Task A_repeated_parameter_is_refused(string method, string path, string query, string error) =>
        (await scrip.Application.Client.CallAsync(method, $"{path}?{query}", null)).ExpectInvalid(error);

    /// <summary>A plus sign in a query is a space, unless it is escaped. ١ and １ are ones of other scripts.</summary>
    [Theory]
    [InlineData(Certificates, "page", "not_an_integer")]
    [InlineData(Certificates, "page_size", "not_an_integer")]
    [InlineData(Certificates, "after", "not_an_integer")]
    [InlineData(Certificates, "value_min", "not_an_integer")]
    [InlineData(Certificates, "value_max", "not_an_integer")]
    [InlineData(Certificates, "created_after", "unknown_value")]
    [InlineData(Certificates, "created_before", "unknown_value")]
    [InlineData(Certificates, "updated_after", "unknown_value")]
    [InlineData(Certificates + "redemption/", "certificate_id", "not_an_integer")]
    [InlineData(Certificates + "redemption/", "created_before", "unknown_value")]
    [InlineData(Certificates + "entry/", "after", "not_an_integer")]
    [InlineData(Certificates + "entry/", "certificate_id", "not_an_integer")]
    [InlineData(Certificates + "liability/", "as_of", "unknown_value")]
    [InlineData(Certificates + "liability/", "from", "unknown_value")]
    [InlineData("/external/api-token/", "page", "not_an_integer")]
    [InlineData("/external/site/", "page_size", "not_an_integer")]
    public async Task A_number_is_digits_and_nothing_else(string path, string parameter, string code)
    {
        string[] numbers =
        [
            "1%00", "1%00%00", "1%20", "1%0A", "1+", "+1", "%2B1", "%20%2B1", "--1", "%2B-1", "1-", "-", "%E2%88%921", "(1)", "1,000", "1_000",
            "1%C2%A0000", "0x1", "1e0", "1.0", "%D9%A1", "%EF%BC%91", "%C2%B9", "%E2%85%A0",
        ];
        foreach (var text in numbers)
            (await scrip.Application.Client.FetchAsync($"{path}?{parameter}={text}")).ExpectInvalid($"?{parameter} {code}");
    }

    [Theory]
    [InlineData("page")]
    [InlineData("after")]
    [InlineData("value_min")]
    public async Task A_negative_number_is_out_of_range_even_where_it_would_be_zero(string parameter)
    {
        foreach (var text in new[] { "-1", "-0", "-99999999999999999999" })
            (await scrip.Application.Client.FetchAsync($"{Certificates}?{parameter}={text}")).ExpectInvalid($"?{parameter} out_of_range");
    }

    [Theory]
    [InlineData("as_of")]
    [InlineData("from")]
    public async Task A_date_is_digits_and_hyphens_and_nothing_else(string parameter)
    {
        string[] dates =
        [
            "2026-06-01%00", "2026-06-01%20", "%202026-06-01", "+2026-06-01", "%2B2026-06-01", "2026-6-1", "2026%E2%88%9206%E2%88%9201",
            "2026-06-%D9%A0%D9%A1", "%EF%BC%92026-06-01", "2026/06/01", "20260601T",
        ];
        foreach (var text in dates)
            (await scrip.Application.Client.FetchAsync($"{Certificates}liability/?{parameter}={text}")).ExpectInvalid($"?{parameter} unknown_value");
    }

    [Fact]
    public async Task A_question_mark_without_a_query_is_none()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.FetchAsync(Certificates + "?")).Expect(200, "[]");
        (await site.PostAsync(BulkCreate + "?", "[]")).Expect(201, "[]");
    }
}
