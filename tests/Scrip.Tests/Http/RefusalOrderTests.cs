using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>
/// JSON, shape and values of all items (400) come before existence (404), which comes before stored state (412, 409). A refusal changes
/// nothing.
/// </summary>
public sealed class RefusalOrderTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Stored = """[{"id":1,"code":"A","is_active":true,"value":5,"version":1},{"id":2,"code":"B","is_active":false,"value":6,"version":1}]""";

    [Theory]
    [InlineData("""[{"id":9,"code":"A"},{"id":2,"code":""}]""", 400, "invalid-request", "/1/code empty")]
    [InlineData("""[{"id":9,"code":"X"},{"id":8,"code":"X"}]""", 400, "invalid-request", "/1/code repeated_code")]
    [InlineData("""[{"id":9,"code":"X"},{"id":9,"code":"Y"}]""", 400, "invalid-request", "/1/id repeated_id")]
    [InlineData("""[{"id":1,"code":"X"},{"id":1,"code":"X"}]""", 400, "invalid-request", "/1/id repeated_id", "/1/code repeated_code")]
    [InlineData("""[{"id":1,"code":"B"},{"id":9,"code":"X"},{"id":2,"code":"Y"},{"id":7,"code":"Z"}]""", 404, "not-found", "/1/id not_found", "/3/id not_found")]
    [InlineData("""[{"id":1,"code":"B"}]""", 409, "conflict", "/0/code code_taken")]
    [InlineData("""[{"id":1,"code":"new"},{"id":2,"code":"B","value":-1}]""", 400, "invalid-request", "/1/value out_of_range")]
    public async Task A_bulk_update_is_all_or_nothing(string body, int status, string problem, params string[] errors)
    {
        var site = await SiteWithTwoAsync();

        (await site.UpdateAsync(body)).ExpectProblem(status, problem, errors);
        Assert.Equal(Stored, await site.ListAsync());
    }

    [Theory]
    [InlineData("""[{"code":"C"},{"code":"A"},{"code":"D"},{"code":"B"}]""", 409, "conflict", "/1/code code_taken", "/3/code code_taken")]
    [InlineData("""[{"code":"C"},{"code":"A"},{"code":"C"}]""", 400, "invalid-request", "/2/code repeated_code")]
    [InlineData("""[{"code":"C"},{"code":"A"},{"code":"D","value":null}]""", 400, "invalid-request", "/2/value wrong_type")]
    public async Task A_bulk_create_is_all_or_nothing_and_its_refusal_uses_up_no_ids(string body, int status, string problem, params string[] errors)
    {
        var site = await SiteWithTwoAsync();

        (await site.CreateAsync(body)).ExpectProblem(status, problem, errors);
        Assert.Equal(Stored, await site.ListAsync());
        (await site.CreateAsync("""[{"code":"C"}]""")).Expect(201, """[{"id":3,"code":"C","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task An_update_of_one_is_refused_in_the_same_order()
    {
        var site = await SiteWithTwoAsync();

        (await site.PutAsync(Certificates + "9", """{"code":""}""", ("If-Match", "\"7\""))).ExpectInvalid("/code empty");
        (await site.PutAsync(Certificates + "9", """{"code":"A"}""", ("If-Match", "7"))).ExpectInvalid();
        (await site.PutAsync(Certificates + "abc", """{"code":"A"}""", ("If-Match", "7"))).ExpectInvalid();
        (await site.PutAsync(Certificates + "abc", """{"code":"A"}""", ("Idempotency-Key", ""))).ExpectInvalid();
        (await site.PutAsync(Certificates + "9", """{"code":"A"}""", ("If-Match", "\"7\""))).ExpectProblem(404, "not-found");
        (await site.PutAsync(Certificates + "1", """{"code":"B"}""", ("If-Match", "\"7\""))).ExpectProblem(412, "precondition-failed");
        (await site.PutAsync(Certificates + "1", """{"code":"B"}""", ("If-Match", "\"1\""))).ExpectProblem(409, "conflict", "/code code_taken");
        Assert.Equal(Stored, await site.ListAsync());
    }

    [Fact]
    public async Task A_refused_query_on_a_write_is_named_with_the_faults_of_its_body()
    {
        var site = await SiteWithTwoAsync();

        (await site.PutAsync(Certificates + "1?x=1", """{"code":""}""")).ExpectInvalid("?x unknown_parameter", "/code empty");
        (await site.PostAsync(BulkCreate + "?dry_run=true", """[{"code":"C"}]""")).ExpectInvalid("?dry_run unknown_parameter");
        (await site.PutAsync(BulkUpdate + "?partial=1", """[{"id":1,"code":"C"}]""")).ExpectInvalid("?partial unknown_parameter");
        Assert.Equal(Stored, await site.ListAsync());
    }

    private async Task<HttpClient> SiteWithTwoAsync()
    {
        var site = await scrip.OpenSiteAsync();
        Assert.Equal(201, (await site.CreateAsync("""[{"code":"A","value":5},{"code":"B","is_active":false,"value":6}]""")).Status);
        return site;
    }
}
