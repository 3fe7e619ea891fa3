using System.Text.Json;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A bulk call names every failing item, up to the first thousand errors, and counts all.</summary>
public sealed class ManyErrorsTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task Every_failing_item_is_named_and_every_fault_of_it()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.CreateAsync("""[{"code":""},{"code":"A"},{"code":"B","value":-1,"is_active":0},{"value":1.5},7,{"code":"A"}]""");

        answer.ExpectInvalid(
            "/0/code empty", "/2/value out_of_range", "/2/is_active wrong_type", "/3/value not_an_integer", "/3/code required", "/4 wrong_type",
            "/5/code repeated_code");
        Assert.Equal("5 of 6 items are invalid; nothing was stored.", answer.Detail());
        Assert.Equal("[]", await site.ListAsync());
    }

    [Fact]
    public async Task Of_more_than_a_thousand_errors_the_first_thousand_are_listed_and_all_are_counted()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.CreateAsync(Array(1201, at => at == 5 ? """{"code":"good"}""" : """{"code":" "}"""));

        Assert.Equal(1000, answer.Errors().Count);
        Assert.Equal("/0/code outer_white_space", answer.Errors()[0]);
        Assert.Equal("/1000/code outer_white_space", answer.Errors()[^1]);
        Assert.Equal("1200 of 1201 items are invalid; nothing was stored.", answer.Detail());
    }

    [Fact]
    public async Task A_thousand_errors_do_not_hide_that_the_JSON_breaks_off()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.CreateAsync(Array(1100, _ => "{}")[..^1]);

        Assert.Equal(400, answer.Status);
        Assert.Equal(1000, answer.Errors().Count);
        Assert.Equal("[]", await site.ListAsync());
    }

    [Fact]
    public async Task Missing_certificates_are_named_up_to_a_thousand_and_all_are_counted()
    {
        var site = await scrip.OpenSiteAsync();

        var answer = await site.UpdateAsync(Array(1100, at => $$"""{"id":{{at + 1}},"code":"C{{at}}"}"""));

        Assert.Equal(404, answer.Status);
        Assert.Equal(1000, answer.Errors().Count);
        Assert.Equal("/999/id not_found", answer.Errors()[^1]);
        Assert.Equal("1100 of 1100 items are unknown; nothing was stored.", answer.Detail());
    }

    [Fact]
    public async Task Taken_codes_are_named_up_to_a_thousand_and_all_are_counted()
    {
        var site = await scrip.OpenSiteAsync();
        var items = Array(1100, at => $$"""{"code":"C{{at}}"}""");
        Assert.Equal(201, (await site.CreateAsync(items)).Status);

        var answer = await site.CreateAsync(items);

        Assert.Equal(409, answer.Status);
        Assert.Equal(1000, answer.Errors().Count);
        Assert.Equal("1100 of 1100 items are in conflict with what is stored; nothing was stored.", answer.Detail());
    }

    [Fact]
    public async Task A_conflict_says_which_certificate_has_the_code()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"},{"code":"C"}]""");

        var answer = await site.UpdateAsync("""[{"id":1,"code":"B"},{"id":3,"code":"X"}]""");

        answer.ExpectProblem(409, "conflict", "/0/code code_taken");
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal("Certificate 2 already has this code.", problem.RootElement.GetProperty("errors")[0].GetProperty("detail").GetString());
        Assert.Equal("1 of 2 items is in conflict with what is stored; nothing was stored.", answer.Detail());
    }

    private static string Array(int count, Func<int, string> item) => $"[{string.Join(',', Enumerable.Range(0, count).Select(item))}]";
}
