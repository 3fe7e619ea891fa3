using System.Text;
using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>What a code may be, as bytes on the wire.</summary>
public sealed class CodeRuleTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    public static TheoryData<string> Good => new()
    {
        "A",
        new string('x', 255),
        string.Concat(Enumerable.Repeat("\U0001F381", 255)),
        string.Concat(Enumerable.Repeat("\U00010348", 254)) + "Я",
        "with space inside",
        "quote\"back\\slash/",
        "Подарок-500",
        "礼券",
        "<b>&amp;'</b>",
        "' or 1=1 --",
        "e\u0301",
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "", "empty" },
        { new string('x', 256), "too_long" },
        { string.Concat(Enumerable.Repeat("\U0001F381", 256)), "too_long" },
        { "a\u0000b", "control_character" },
        { "a\tb", "control_character" },
        { "a\n", "control_character" },
        { "\u001F", "control_character" },
        { "a\u007Fb", "control_character" },
        { "a\u0085b", "control_character" },
        { " a", "outer_white_space" },
        { "a ", "outer_white_space" },
        { " ", "outer_white_space" },
        { "\u00A0a", "outer_white_space" },
        { "a\u3000", "outer_white_space" },
        { "a\u2028", "outer_white_space" },
        { "\uFEFFCSV-0001", "invisible_character" },
        { "CSV-0002\u200B", "invisible_character" },
        { "a\u200Db", "invisible_character" },
        { "a\u00ADb", "invisible_character" },
        { "a\u202Eb", "invisible_character" },
        { "a\u2066b", "invisible_character" },
        { "a\u061Cb", "invisible_character" },
        { "a\u180Eb", "invisible_character" },
        { "a\u2028b", "invisible_character" },
        { "a\u2029b", "invisible_character" },
        { "a\U000E0020b", "invisible_character" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_code_comes_back_as_it_was_sent(string code)
    {
        var site = await scrip.OpenSiteAsync();

        var created = await site.CreateAsync($$"""[{"code":{{JsonSerializer.Serialize(code)}}}]""");

        Assert.Equal(201, created.Status);
        Assert.Equal(code, CodeIn(created.Body, at: 0));
        Assert.Equal(created.Body, (await site.FetchAsync(Certificates)).Body);
        Assert.Equal(created.Body, (await site.FetchAsync($"{Certificates}?code={Uri.EscapeDataString(code)}")).Body);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_code_that_is_none_is_refused_in_every_write(string code, string error)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");
        var written = JsonSerializer.Serialize(code);

        (await site.CreateAsync($$"""[{"code":{{written}}}]""")).ExpectInvalid($"/0/code {error}");
        (await site.PutAsync(Certificates + "1", $$"""{"code":{{written}}}""")).ExpectInvalid($"/code {error}");
        (await site.UpdateAsync($$"""[{"id":1,"code":{{written}}}]""")).ExpectInvalid($"/0/code {error}");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"A\"]")]
    [InlineData("{\"code\":\"A\"}")]
    public async Task A_code_is_a_string(string written)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync($$"""[{"code":{{written}}}]""")).ExpectInvalid("/0/code wrong_type");
    }

    [Theory]
    [InlineData("""\ud800""")]
    [InlineData("""\udc00""")]
    [InlineData("""a\ud83c""")]
    [InlineData("""\udf81\ud83c""")]
    public async Task Half_of_a_surrogate_pair_is_no_text(string escaped)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync($$"""[{"code":"{{escaped}}"}]""")).ExpectInvalid("/0/code not_unicode");
        (await site.CreateAsync("""[{"code":"\ud83c\udf81"}]""")).Expect(201, """[{"id":1,"code":"\uD83C\uDF81","is_active":true,"value":0}]""");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { (byte)'a', 0x80 })]
    public async Task Bytes_that_are_not_UTF8_are_no_text(byte[] bytes)
    {
        var site = await scrip.OpenSiteAsync();
        byte[] body = [.. "[{\"code\":\""u8, .. bytes, .. "\"}]"u8];

        (await site.SendAsync("POST", BulkCreate, JsonBytes(body))).ExpectInvalid("/0/code not_unicode");
    }

    [Fact]
    public async Task Cyrillic_is_answered_as_it_is_read_not_as_escapes()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("""[{"code":"\u041F\u043E\u0434\u0430\u0440\u043E\u043A"}]""")).Expect(
            201, """[{"id":1,"code":"Подарок","is_active":true,"value":0}]""");
        (await site.FetchAsync(Certificates)).Expect(200, """[{"id":1,"code":"Подарок","is_active":true,"value":0}]""");
        (await site.FetchAsync(Certificates + "1")).Expect(200, """{"id":1,"code":"Подарок","is_active":true,"value":0}""");
    }

    [Fact]
    public async Task Codes_are_compared_exactly()
    {
        var site = await scrip.OpenSiteAsync();

        var created = await site.CreateAsync("""[{"code":"é"},{"code":"e\u0301"},{"code":"CERT"},{"code":"cert"},{"code":"ss"},{"code":"ß"}]""");

        Assert.Equal(201, created.Status);
        (await site.CreateAsync("""[{"code":"Cert"},{"code":"cert"}]""")).ExpectProblem(409, "conflict", "/1/code code_taken");
        (await site.FetchAsync(Certificates + "?code=cert")).Expect(200, """[{"id":4,"code":"cert","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task The_same_code_is_the_same_however_it_is_escaped()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("""[{"code":"A/B"},{"code":"\u0041\/B"}]""")).ExpectInvalid("/1/code repeated_code");
    }

    [Fact]
    public async Task A_byte_order_mark_in_front_is_passed_over_and_two_are_not()
    {
        var site = await scrip.OpenSiteAsync();
        byte[] mark = [0xEF, 0xBB, 0xBF];
        byte[] body = [.. mark, .. "[{\"code\":\"A\"}]"u8];

        (await site.SendAsync("POST", BulkCreate, JsonBytes(body))).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        (await site.SendAsync("POST", BulkCreate, JsonBytes([.. mark, .. body]))).ExpectInvalid(" not_json");
        (await site.SendAsync("POST", BulkCreate, JsonBytes(mark))).ExpectInvalid(" not_json");
        (await site.SendAsync("POST", BulkCreate, JsonBytes(Encoding.Unicode.GetBytes("[{\"code\":\"B\"}]")))).ExpectInvalid(" not_json");
    }

    private static string CodeIn(string list, int at)
    {
        using var json = JsonDocument.Parse(list);
        return json.RootElement[at].GetProperty("code").GetString()!;
    }
}
