using System.Globalization;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Balances that nobody will spend are written off, one by one or many at once.</summary>
public sealed class WriteOffTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task The_last_cents_are_written_off_and_the_certificate_comes_back_with_its_balance()
    {
        var shop = await OpenAsync("""[{"code":"A","value":500}]""");
        await shop.RedeemAsync("""{"code":"A","amount":"499.50","reference":"R"}""");

        var part = await shop.WriteOffAsync(1, """{"amount":"0.10","reason":"Пыль"}""", "part");
        part.Expect(200, """{"id":1,"code":"A","is_active":true,"value":500,"balance":"0.40"}""");
        Assert.Equal(("\"3\"", "application/json"), (part.Header("ETag"), part.Header("Content-Type")));
        (await shop.WriteOffAsync(1)).Expect(200, """{"id":1,"code":"A","is_active":true,"value":500,"balance":"0.00"}""");

        var again = await shop.WriteOffAsync(1, """{"amount":"0.10","reason":"Пыль"}""", "part");
        Assert.Equal(
            (part.Status, part.Body, part.Header("ETag"), "true"),
            (again.Status, again.Body, again.Header("ETag"), again.Header("Idempotent-Replayed")));
        (await shop.WriteOffAsync(1, """{"amount":"0.11"}""", "part")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.FetchAsync(Entries + "?kind=forfeited&fields=redemption_id,amount,balance_after,reference,detail")).Expect(
            200,
            """[{"redemption_id":null,"amount":"-0.10","balance_after":"0.40","reference":null,"detail":{"reason":"Пыль"}},{"redemption_id":null,"amount":"-0.40","balance_after":"0.00","reference":null,"detail":null}]""");
        Assert.Contains("\"usable\":false,\"reason\":\"spent\"", (await shop.CheckAsync("""{"code":"A"}""")).Body, StringComparison.Ordinal);
        (await shop.FetchAsync(Liability + "?fields=issued,captured,forfeited,outstanding"))
            .Expect(200, """{"issued":"500.00","captured":"499.50","forfeited":"0.50","outstanding":"0.00"}""");
    }

    [Fact]
    public async Task It_works_off_expired_and_not_started_and_never_touches_what_is_held()
    {
        var shop = await OpenAsync($$"""
            [{"code":"OFF","value":5,"is_active":false},{"code":"LATE","value":5,"expires_at":"{{FromNow(-TimeSpan.FromHours(1))}}"},
             {"code":"SOON","value":5,"starts_at":"{{FromNow(TimeSpan.FromHours(1))}}"},{"code":"HELD","value":5},{"code":"ONCE","value":5,"single_use":true}]
            """);
        await shop.RedeemAsync("""{"code":"HELD","amount":3,"reference":"R","capture":false}""");

        for (var id = 1; id <= 5; id++)
        {
            var writtenOff = await shop.WriteOffAsync(id);
            Assert.Equal(200, writtenOff.Status);
            Assert.EndsWith("\"balance\":\"0.00\"}", writtenOff.Body, StringComparison.Ordinal);
        }
        (await shop.FetchAsync(Certificates + "4?fields=balance,spent,held")).Expect(200, """{"balance":"0.00","spent":"2.00","held":"3.00"}""");
        Assert.Equal(200, (await shop.StepAsync(1, "release")).Status);
        (await shop.WriteOffAsync(4)).Expect(200, """{"id":4,"code":"HELD","is_active":true,"value":5,"balance":"0.00"}""");
        await ExpectVerifiedAsync(shop, outstanding: "0.00", forfeited: "25.00");
    }

    [Fact]
    public async Task A_refund_after_a_write_off_goes_back_to_the_certificate()
    {
        var shop = await OpenAsync("""[{"code":"A","value":500}]""");
        await shop.RedeemAsync("""{"code":"A","amount":100,"reference":"R"}""");
        await shop.WriteOffAsync(1);

        var below = await shop.PutAsync(Certificates + "1", """{"code":"A","value":499}""");
        below.ExpectProblem(409, "conflict", "/value value_below_used");
        Assert.Contains("\"balance\":\"100.00\"", (await shop.StepAsync(1, "refund")).Body, StringComparison.Ordinal);
        Assert.Equal(201, (await shop.RedeemAsync("""{"code":"A","amount":100,"reference":"R"}""")).Status);
        await ExpectVerifiedAsync(shop, outstanding: "0.00", forfeited: "400.00");
    }

    [Fact]
    public async Task What_cannot_be_written_off_is_refused_and_the_refusal_remembered()
    {
        var shop = await OpenAsync("""[{"code":"A","value":500},{"code":"B"}]""");

        var above = await shop.WriteOffAsync(1, """{"amount":"500.01"}""", "above");
        above.ExpectProblem(409, "insufficient-balance");
        Assert.Contains("\"available\":\"500.00\"", above.Body, StringComparison.Ordinal);
        (await shop.WriteOffAsync(2, key: "nothing")).ExpectProblem(409, "spent");
        (await shop.WriteOffAsync(2, """{"amount":1}""")).ExpectProblem(409, "spent");
        await shop.PutAsync(Certificates + "2", """{"code":"B","value":7}""");
        (await shop.WriteOffAsync(2, key: "nothing")).ExpectProblem(409, "spent");
        Assert.Equal(200, (await shop.WriteOffAsync(2)).Status);
        foreach (var id in new[] { "3", "0", "01", "one", "bulk-create" })
            (await shop.PostAsync($"{Certificates}{id}/write-off/", "{}", Key("missing " + id))).ExpectProblem(404, "not-found");
        // A 404 is not based on stored state, so it is decided anew.
        await shop.CreateAsync("""[{"code":"C","value":1}]""");
        Assert.Equal(200, (await shop.PostAsync(Certificates + "3/write-off/", "{}", Key("missing 3"))).Status);

        (await shop.PostAsync(Certificates + "1/write-off/", "{}")).ExpectProblem(400, "invalid-request");
        (await shop.PostAsync(Certificates + "1/write-off/", "{}", Key("k"), ("If-Match", "*"))).ExpectProblem(400, "invalid-request");
        (await shop.WriteOffAsync(1, """{"total":1}""")).ExpectInvalid("/total unknown_member");
        (await shop.WriteOffAsync(1, """{"amount":0}""")).ExpectInvalid("/amount out_of_range");
        (await shop.WriteOffAsync(1, """{"amount":null}""")).ExpectInvalid("/amount wrong_type");
        (await shop.WriteOffAsync(1, $$"""{"reason":"{{new string('x', 201)}}"}""")).ExpectInvalid("/reason too_long");
        Assert.Equal("\"500.00\"", await shop.AttributeAsync(1, "balance"));
    }

    [Fact]
    public async Task Many_are_written_off_in_one_call_in_the_order_of_the_items()
    {
        var shop = await OpenAsync("""[{"code":"A","value":5},{"code":"B","value":6,"is_active":false},{"code":"C","value":7}]""");

        const string body = """[{"id":3,"reason":"Истёк"},{"id":1},{"id":2,"reason":null}]""";
        var many = await shop.WriteOffManyAsync(body, "many");
        many.Expect(
            200,
            """[{"id":3,"code":"C","is_active":true,"value":7,"balance":"0.00"},{"id":1,"code":"A","is_active":true,"value":5,"balance":"0.00"},{"id":2,"code":"B","is_active":false,"value":6,"balance":"0.00"}]""");
        await shop.PutAsync(Certificates + "1", """{"code":"A2","value":50}""");
        var again = await shop.WriteOffManyAsync(body, "many");
        Assert.Equal((many.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        (await shop.WriteOffManyAsync("[]")).Expect(200, "[]");
        (await shop.FetchAsync(Entries + "?kind=forfeited&fields=certificate_id,detail"))
            .Expect(200, """[{"certificate_id":3,"detail":{"reason":"Истёк"}},{"certificate_id":1,"detail":null},{"certificate_id":2,"detail":null}]""");
        await ExpectVerifiedAsync(shop, outstanding: "45.00", forfeited: "18.00");
    }

    [Fact]
    public async Task Of_many_every_item_that_fails_is_named_and_nothing_is_stored()
    {
        var shop = await OpenAsync("""[{"code":"A","value":5},{"code":"B"},{"code":"C","value":7},{"code":"D"}]""");

        (await shop.WriteOffManyAsync("""[{"id":1},{"id":9},{"id":2},{"id":8}]""")).ExpectProblem(404, "not-found", "/1/id not_found", "/3/id not_found");
        (await shop.WriteOffManyAsync("""[{"id":1},{"id":2},{"id":3},{"id":4}]""")).ExpectProblem(409, "spent", "/1/id spent", "/3/id spent");
        (await shop.WriteOffManyAsync("""[{"id":1},{"id":3},{"id":1}]""")).ExpectInvalid("/2/id repeated_id");
        (await shop.WriteOffManyAsync("""[{"reason":"x"},{"id":"1"},{"id":1,"amount":"1.00"},5,{"id":3,"reason":" "},{"id":0,"id":1}]""")).ExpectInvalid(
            "/0/id required", "/1/id wrong_type", "/2/amount unknown_member", "/3 wrong_type", "/4/reason outer_white_space", "/5/id repeated_member",
            "/5/id out_of_range");
        (await shop.WriteOffManyAsync("""{"id":1}""")).ExpectInvalid(" wrong_type");
        (await shop.WriteOffManyAsync("""[{"id":1}""")).ExpectInvalid(" not_json");
        (await shop.WriteOffManyAsync("""[{"id":1}] x""")).ExpectInvalid(" not_json");
        (await shop.PostAsync(BulkWriteOff, """[{"id":1}]""")).ExpectProblem(400, "invalid-request");
        var tooMany = await shop.WriteOffManyAsync(
            $"[{string.Join(',', Enumerable.Range(1, 100_001).Select(id => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{id}}}")))}]");
        tooMany.ExpectProblem(413, "too-large");
        Assert.Equal("\"5.00\"", await shop.AttributeAsync(1, "balance"));
        Assert.Equal("1", await shop.AttributeAsync(3, "version"));
    }

    private async Task<HttpClient> OpenAsync(string certificates)
    {
        var shop = await scrip.OpenShopAsync();
        Assert.Equal(201, (await shop.CreateAsync(certificates)).Status);
        return shop;
    }

    private static async Task ExpectVerifiedAsync(HttpClient shop, string outstanding, string forfeited) =>
        (await shop.FetchAsync(Liability + "?fields=forfeited,outstanding"))
            .Expect(200, $$"""{"forfeited":"{{forfeited}}","outstanding":"{{outstanding}}"}""");
}
