using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>An integer may be written in every way that RFC 8259 allows; nothing is rounded and nothing is guessed.</summary>
public sealed class NumberFormTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0e400", "0")]
    [InlineData("-0.0e-5", "0")]
    [InlineData("500.0", "500")]
    [InlineData("5e2", "500")]
    [InlineData("5E+2", "500")]
    [InlineData("0.5e3", "500")]
    [InlineData("50000e-2", "500")]
    [InlineData("1000000000000", "1000000000000")]
    [InlineData("1e12", "1000000000000")]
    [InlineData("0.0000000000000000000001e34", "1000000000000")]
    public async Task A_value_that_is_an_integer_is_taken(string written, string value)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync($$"""[{"code":"A","value":{{written}}}]""")).Expect(201, $$"""[{"id":1,"code":"A","is_active":true,"value":{{value}}}]""");
    }

    [Theory]
    [InlineData("5e-1", "not_an_integer")]
    [InlineData("500.5", "not_an_integer")]
    [InlineData("1e-400", "not_an_integer")]
    [InlineData("1e-99999999999999999999", "not_an_integer")]
    [InlineData("500.00000000000000000000001", "not_an_integer")]
    [InlineData("1000000000000.5", "not_an_integer")]
    [InlineData("1000000000001", "out_of_range")]
    [InlineData("-1", "out_of_range")]
    [InlineData("1e400", "out_of_range")]
    [InlineData("1e99999999999999999999", "out_of_range")]
    [InlineData("9223372036854775808", "out_of_range")]
    [InlineData("18446744073709551616", "out_of_range")]
    [InlineData("\"500\"", "wrong_type")]
    [InlineData("null", "wrong_type")]
    [InlineData("true", "wrong_type")]
    [InlineData("[5]", "wrong_type")]
    [InlineData("{\"value\":5}", "wrong_type")]
    public async Task A_value_that_is_none_is_refused(string written, string code)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync($$"""[{"code":"A","value":{{written}}}]""")).ExpectInvalid($"/0/value {code}");
        Assert.Equal("[]", await site.ListAsync());
    }

    [Theory]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("--1")]
    public async Task What_is_no_number_of_JSON_is_no_JSON(string written)
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.CreateAsync($$"""[{"code":"A","value":{{written}}}]""");

        Assert.Equal(400, answer.Status);
        Assert.Contains(" not_json", answer.Errors());
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("10e-1")]
    public async Task An_id_takes_the_same_forms(string written)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        (await site.UpdateAsync($$"""[{"id":{{written}},"code":"B"}]""")).Expect(200, """[{"id":1,"code":"B","is_active":true,"value":0}]""");
    }

    [Theory]
    [InlineData("0", "out_of_range")]
    [InlineData("-1", "out_of_range")]
    [InlineData("9223372036854775808", "out_of_range")]
    [InlineData("1.5", "not_an_integer")]
    [InlineData("\"1\"", "wrong_type")]
    [InlineData("null", "wrong_type")]
    public async Task What_can_be_no_id_is_refused_before_it_is_looked_for(string written, string code)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.UpdateAsync($$"""[{"id":{{written}},"code":"B"}]""")).ExpectInvalid($"/0/id {code}");
    }

    [Fact]
    public async Task The_largest_id_the_refusal_speaks_of_is_one_that_can_be_asked_for()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.UpdateAsync("""[{"id":9223372036854775807,"code":"B"}]""")).ExpectProblem(404, "not-found", "/0/id not_found");
        (await site.FetchAsync(Certificates + "9223372036854775807/")).ExpectProblem(404, "not-found");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("\"true\"")]
    [InlineData("[true]")]
    public async Task Is_active_is_a_JSON_boolean_and_nothing_else(string written)
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync($$"""[{"code":"A","is_active":{{written}}}]""")).ExpectInvalid("/0/is_active wrong_type");
    }
}
