using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Bodies of the wrong shape: each gets a 400 that says where and why, and stores nothing.</summary>
public sealed class BodyShapeTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("""[{"code":"A","colour":"red"}]""", "/0/colour unknown_member")]
    [InlineData("""[{"code":"A","Code":"B"}]""", "/0/Code unknown_member")]
    [InlineData("""[{"code":"A","":1}]""", "/0/ unknown_member")]
    [InlineData("""[{"code":"A","a/b~c":1}]""", "/0/a~1b~0c unknown_member")]
    [InlineData("""[{"code":"A","x":{"y":[1,{"z":2}]}}]""", "/0/x unknown_member")]
    [InlineData("""[{"code":"A","code":"A"}]""", "/0/code repeated_member")]
    [InlineData("""[{"code":"A","\u0063ode":"B"}]""", "/0/code repeated_member")]
    [InlineData("""[{"code":"A","value":1,"value":2}]""", "/0/value repeated_member")]
    [InlineData("""[{"code":"A","\ud800ab":1}]""", "/0 not_unicode")]
    [InlineData("""[{"code":"A","is_activ\udc00":true}]""", "/0 not_unicode")]
    [InlineData("[null]", "/0 wrong_type")]
    [InlineData("""[[{"code":"A"}]]""", "/0 wrong_type")]
    [InlineData("""["A",{"code":"B"},5]""", "/0 wrong_type", "/2 wrong_type")]
    [InlineData("""[{"code":"A"},{}]""", "/1/code required")]
    [InlineData("""{"code":"A"}""", " wrong_type")]
    [InlineData("""{"items":[{"code":"A"}]}""", " wrong_type")]
    [InlineData("\"A\"", " wrong_type")]
    [InlineData("null", " wrong_type")]
    [InlineData("5", " wrong_type")]
    [InlineData("", " not_json")]
    [InlineData("   \n", " not_json")]
    [InlineData("[", " not_json")]
    [InlineData("""[{"code":"A"}""", " not_json")]
    [InlineData("""[{"code":"A"}]]""", " not_json")]
    [InlineData("""[{"code":"A"}] x""", " not_json")]
    [InlineData("""[{"code":"A"}][]""", " not_json")]
    [InlineData("""[{"code":"A"},]""", " not_json")]
    [InlineData("""[{"code":"A"}/* B */]""", " not_json")]
    [InlineData("""[{'code':'A'}]""", " not_json")]
    [InlineData("code=A&value=5", " not_json")]
    public async Task A_bulk_create_refuses(string body, params string[] errors)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync(body)).ExpectInvalid(errors);
        Assert.Equal("[]", await site.ListAsync());
    }

    [Theory]
    [InlineData("""[{"code":"B"}]""", " wrong_type")]
    [InlineData("[]", " wrong_type")]
    [InlineData("null", " wrong_type")]
    [InlineData("\"B\"", " wrong_type")]
    [InlineData("{}", "/code required")]
    [InlineData("""{"code":"B","balance":5}""", "/balance unknown_member")]
    [InlineData("""{"code":"B","\udc00":5}""", " not_unicode")]
    [InlineData("""{"code":"B","code":"C"}""", "/code repeated_member")]
    [InlineData("""{"code":"B","i\u0064":1,"id":1}""", "/id repeated_member")]
    [InlineData("""{"code":"B"}{}""", " not_json")]
    [InlineData("""{"code":"B""", " not_json")]
    [InlineData("", " not_json")]
    public async Task An_update_of_one_refuses(string body, params string[] errors)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");
        var before = await site.ListAsync();

        (await site.PutAsync(Certificates + "1/", body)).ExpectInvalid(errors);
        Assert.Equal(before, await site.ListAsync());
    }

    [Fact]
    public async Task A_single_object_where_an_array_is_expected_is_told_so()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.UpdateAsync("""{"id":1,"code":"A"}""");

        Assert.Equal(
            """{"type":"/problems/invalid-request","title":"The request is invalid.","status":400,"detail":"Nothing was stored.","errors":[{"pointer":"","code":"wrong_type","detail":"Send an array of certificates; put a single one in [ ]."}],"trace_id":"*"}""",
            answer.BodyWithoutTrace);
    }

    [Fact]
    public async Task Nesting_up_to_64_is_read_and_beyond_it_is_refused()
    {
        var site = await scrip.OpenSiteAsync();

        // The array and the object around it are two of the 64 levels.
        (await site.CreateAsync($$"""[{"code":"A","x":{{Nested(62)}}}]""")).ExpectInvalid("/0/x unknown_member");
        var tooDeep = await site.CreateAsync($$"""[{"code":"A","x":{{Nested(63)}}}]""");
        Assert.Equal(400, tooDeep.Status);
        tooDeep.ExpectInvalid("/0/x unknown_member", " too_deep");
        Assert.Contains("nested deeper than 64 levels: line 1, byte 80.", tooDeep.Body, StringComparison.Ordinal);
        Assert.Contains(" too_deep", (await site.CreateAsync(new string('[', 100_000))).Errors());
        Assert.Contains(" too_deep", (await site.PutAsync(Certificates + "1", $$"""{"x":{{Nested(64)}}}""")).Errors());
        Assert.Contains(" not_json", (await site.CreateAsync(new string('[', 64) + "x")).Errors());

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public async Task A_body_with_nothing_in_it_is_said_to_be_empty(string body)
    {
        var site = await scrip.OpenSiteAsync();

        Assert.Contains("\"The body is empty.\"", (await site.CreateAsync(body)).Body, StringComparison.Ordinal);
        Assert.Contains("\"The body is empty.\"", (await site.PutAsync(Certificates + "1", body)).Body, StringComparison.Ordinal);
        Assert.Contains(
            "\"The body is empty.\"", (await scrip.Application.Client.PostAsync("/external/site/", body)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_wrong_before_the_JSON_broke_off_is_named_too()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("""[{"code":""},{"value":true""")).ExpectInvalid("/0/code empty", "/1/value wrong_type", " not_json");
    }

    [Fact]
    public async Task A_member_name_that_is_not_UTF8_is_no_text()
    {
        var site = await scrip.OpenSiteAsync();
        byte[] body = [.. "[{\"code\":\"A\",\""u8, 0xFF, 0xFE, .. "\":1}]"u8];

        (await site.SendAsync("POST", BulkCreate, JsonBytes(body))).ExpectInvalid("/0 not_unicode");
    }

    [Fact]
    public async Task Member_names_that_cannot_be_told_are_told_apart_by_their_place()
    {
        var site = await scrip.OpenSiteAsync();

        var refused = await site.CreateAsync("""[{"code":"A","\ud800":1,"\udc00":1}]""");

        refused.ExpectInvalid("/0 not_unicode", "/0 not_unicode");
        Assert.Contains("\"detail\":\"The name of member 2 must be Unicode text, without unpaired surrogates.\"", refused.Body, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"The name of member 3 must be Unicode text, without unpaired surrogates.\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_member_name_is_echoed_only_in_part()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.CreateAsync($$"""[{"code":"A","{{new string('n', 50_000)}}":1}]""");

        Assert.Equal(400, answer.Status);
        Assert.True(answer.Body.Length < 1000);
    }

    [Theory]
    [InlineData("/external/site/")]
    [InlineData("/external/api-token/")]
    public async Task The_bodies_of_sites_and_tokens_are_read_as_strictly(string path)
    {
        var admin = scrip.Application.Client;

        (await admin.PostAsync(path, "[]")).ExpectProblem(400, "invalid-request", " wrong_type");
        Assert.Contains(" not_unicode", (await admin.PostAsync(path, """{"\ud800ab":1}""")).Errors());
        Assert.Contains("/colour unknown_member", (await admin.PostAsync(path, """{"colour":1}""")).Errors());
        Assert.Contains("/name repeated_member", (await admin.PostAsync(path, """{"name":"a","name":"b"}""")).Errors());
        Assert.Contains("/name repeated_member", (await admin.PostAsync(path, """{"name":"a","n\u0061me":"b"}""")).Errors());
        Assert.Contains("/name wrong_type", (await admin.PostAsync(path, """{"name":null}""")).Errors());
        Assert.Contains("/name not_unicode", (await admin.PostAsync(path, """{"name":"\ud800"}""")).Errors());
        Assert.Contains(" not_json", (await admin.PostAsync(path, """{"name":"a"} {}""")).Errors());
        Assert.Contains(" not_json", (await admin.PostAsync(path, "")).Errors());
        Assert.Contains(" too_deep", (await admin.PostAsync(path, new string('[', 1000))).Errors());
        byte[] notUtf8 = [.. "{\"name\":\""u8, 0xFF, .. "\"}"u8];
        Assert.Contains("/name not_unicode", (await admin.SendAsync("POST", path, JsonBytes(notUtf8))).Errors());
        byte[] notUtf8Name = [.. "{\""u8, 0xFF, .. "\":1}"u8];
        Assert.Contains(" not_unicode", (await admin.SendAsync("POST", path, JsonBytes(notUtf8Name))).Errors());
    }
}
