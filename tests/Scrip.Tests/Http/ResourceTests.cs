using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Contract, "The resource": which keys, in which order, and what an omitted field means.</summary>
public sealed class ResourceTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task What_a_create_leaves_out_is_active_and_worth_nothing()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("""[{"code":"A"}]""")).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task The_four_keys_stand_in_the_order_of_the_document_whatever_the_order_of_the_request()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("""[{"value":7,"is_active":false,"code":"A"}]""")).Expect(201, """[{"id":1,"code":"A","is_active":false,"value":7}]""");
        (await site.PutAsync(Certificates + "1/", """{"value":8,"code":"B"}""")).Expect(200, """{"id":1,"code":"B","is_active":false,"value":8}""");
        (await site.UpdateAsync("""[{"is_active":true,"value":9,"code":"C","id":1}]""")).Expect(200, """[{"id":1,"code":"C","is_active":true,"value":9}]""");
        (await site.FetchAsync(Certificates + "1/")).Expect(200, """{"id":1,"code":"C","is_active":true,"value":9}""");
        (await site.FetchAsync(Certificates)).Expect(200, """[{"id":1,"code":"C","is_active":true,"value":9}]""");
    }

    [Fact]
    public async Task An_update_of_one_keeps_what_it_leaves_out()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A","is_active":false,"value":500}]""");

        (await site.PutAsync(Certificates + "1/", """{"code":"B"}""")).Expect(200, """{"id":1,"code":"B","is_active":false,"value":500}""");
        (await site.PutAsync(Certificates + "1/", """{"code":"B","value":0}""")).Expect(200, """{"id":1,"code":"B","is_active":false,"value":0}""");
        (await site.PutAsync(Certificates + "1/", """{"code":"B","is_active":true}""")).Expect(200, """{"id":1,"code":"B","is_active":true,"value":0}""");
    }

    [Fact]
    public async Task A_bulk_update_keeps_what_each_item_leaves_out()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A","is_active":false,"value":1},{"code":"B","value":2}]""");

        (await site.UpdateAsync("""[{"id":2,"code":"B2","is_active":false},{"id":1,"code":"A2","value":10}]""")).Expect(
            200, """[{"id":2,"code":"B2","is_active":false,"value":2},{"id":1,"code":"A2","is_active":false,"value":10}]""");
    }

    [Fact]
    public async Task Code_is_required_in_every_write()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"}]""");

        (await site.CreateAsync("""[{"value":1}]""")).ExpectInvalid("/0/code required");
        (await site.PutAsync(Certificates + "1/", """{"value":1}""")).ExpectInvalid("/code required");
        (await site.UpdateAsync("""[{"id":1,"value":1}]""")).ExpectInvalid("/0/code required");
    }

    [Fact]
    public async Task Id_is_refused_in_a_create_required_in_a_bulk_update_and_must_be_the_paths_in_an_update_of_one()
    {
        var site = await scrip.OpenSiteAsync();
        await site.CreateAsync("""[{"code":"A"},{"code":"B"}]""");

        (await site.CreateAsync("""[{"id":3,"code":"C"}]""")).ExpectInvalid("/0/id not_allowed");
        (await site.UpdateAsync("""[{"code":"C"}]""")).ExpectInvalid("/0/id required");
        (await site.PutAsync(Certificates + "1/", """{"id":2,"code":"C"}""")).ExpectInvalid("/id differs_from_path");
        (await site.PutAsync(Certificates + "1/", """{"id":1,"code":"C"}""")).Expect(200, """{"id":1,"code":"C","is_active":true,"value":0}""");
    }

    [Fact]
    public async Task Creates_count_on_from_one_in_each_site()
    {
        var first = await scrip.OpenSiteAsync();
        var second = await scrip.OpenSiteAsync();

        await first.CreateAsync("""[{"code":"A"},{"code":"B"}]""");
        (await second.CreateAsync("""[{"code":"A"}]""")).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":0}]""");
        (await first.CreateAsync("""[{"code":"C"}]""")).Expect(201, """[{"id":3,"code":"C","is_active":true,"value":0}]""");
    }

    [Fact]
    public async Task An_empty_array_is_a_valid_bulk_call()
    {
        var site = await scrip.OpenSiteAsync();

        (await site.CreateAsync("[]")).Expect(201, "[]");
        (await site.UpdateAsync(" [ ] ")).Expect(200, "[]");
        Assert.Equal("[]", await site.ListAsync());
    }

    [Theory]
    [InlineData("JPY", "1000000000000")]
    [InlineData("USD", "1000000000000.00")]
    [InlineData("KWD", "1000000000000.000")]
    public async Task Value_is_in_whole_units_whatever_the_digits_of_the_currency(string currency, string balance)
    {
        var site = await scrip.OpenSiteAsync(currency);

        (await site.CreateAsync("""[{"code":"A","value":1000000000000}]""")).Expect(201, """[{"id":1,"code":"A","is_active":true,"value":1000000000000}]""");
        (await site.FetchAsync(Certificates + "1/?fields=value,balance,currency")).Expect(
            200, $$"""{"value":1000000000000,"balance":"{{balance}}","currency":"{{currency}}"}""");
    }
}
