using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>Codes are compared as they will be after the call.</summary>
public sealed class CodeSwapTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("""[{"id":1,"code":"B"},{"id":2,"code":"A"}]""", "B", "A", "C")]
    [InlineData("""[{"id":1,"code":"B"},{"id":2,"code":"C"},{"id":3,"code":"A"}]""", "B", "C", "A")]
    [InlineData("""[{"id":3,"code":"B"},{"id":1,"code":"C"},{"id":2,"code":"A"}]""", "C", "A", "B")]
    [InlineData("""[{"id":1,"code":"B"},{"id":2,"code":"X"}]""", "B", "X", "C")]
    [InlineData("""[{"id":2,"code":"X"},{"id":1,"code":"B"}]""", "B", "X", "C")]
    [InlineData("""[{"id":3,"code":"A"},{"id":2,"code":"C"},{"id":1,"code":"B"}]""", "B", "C", "A")]
    public async Task Certificates_swap_their_codes_and_pass_them_round(string body, params string[] codes)
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"},{"code":"C"}]""");

        Assert.Equal(200, (await site.UpdateAsync(body)).Status);

        (await site.FetchAsync(HttpCalls.Certificates + "?fields=code")).Expect(
            200, $$"""[{"code":"{{codes[0]}}"},{"code":"{{codes[1]}}"},{"code":"{{codes[2]}}"}]""");
    }

    [Fact]
    public async Task A_code_whose_holder_keeps_it_in_the_same_call_is_taken()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"}]""");

        (await site.UpdateAsync("""[{"id":1,"code":"B"},{"id":2,"code":"B"}]""")).ExpectInvalid("/1/code repeated_code");
        (await site.UpdateAsync("""[{"id":1,"code":"B"}]""")).ExpectProblem(409, "conflict", "/0/code code_taken");
    }

    [Fact]
    public async Task A_code_that_was_given_up_can_be_issued_again()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");
        await site.UpdateAsync("""[{"id":1,"code":"B"}]""");

        (await site.CreateAsync("""[{"code":"A"}]""")).Expect(201, """[{"id":2,"code":"A","is_active":true,"value":0}]""");
        (await site.PutAsync(HttpCalls.Certificates + "1", """{"code":"A"}""")).ExpectProblem(409, "conflict", "/code code_taken");
    }
}
