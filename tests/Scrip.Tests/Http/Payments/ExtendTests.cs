using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>A checkout that needs more time, or less, moves the end of its hold.</summary>
public sealed class ExtendTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private readonly string first = FromNow(TimeSpan.FromDays(2));
    private readonly string later = FromNow(TimeSpan.FromDays(30));
    private readonly string earlier = FromNow(TimeSpan.FromHours(1));

    [Fact]
    public async Task The_end_moves_later_and_earlier_and_the_timeline_tells_it()
    {
        var shop = await OpenWithHoldAsync();

        var extended = await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{later}}"}""", "extend");
        Assert.Equal(200, extended.Status);
        Assert.EndsWith($"\"state\":\"held\",\"amount\":\"100.00\",\"captured\":\"0.00\",\"refunded\":\"0.00\",\"balance\":\"400.00\",\"created_at\":\"*\",\"hold_expires_at\":\"{later}\"}}", extended.BodyWithoutCreation, StringComparison.Ordinal);
        (await shop.FetchAsync(Redemptions + "1/")).Expect(200, extended.Body);
        Assert.Contains($"\"hold_expires_at\":\"{earlier}\"", (await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{earlier}}"}""")).Body, StringComparison.Ordinal);
        // A move to the current end changes nothing.
        Assert.Equal(200, (await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{earlier}}"}""")).Status);

        var again = await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{later}}"}""", "extend");
        Assert.Equal((extended.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        (await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{earlier}}"}""", "extend")).ExpectProblem(422, "idempotency-key-reused");
        (await shop.FetchAsync(Certificates + "1/entry?fields=redemption_id,kind,amount,reference,detail")).Expect(
            200,
            """[{"redemption_id":null,"kind":"issued","amount":"500.00","reference":null,"detail":null},{"redemption_id":1,"kind":"held","amount":"-100.00","reference":"R","detail":null},"""
            + $$$$"""{"redemption_id":1,"kind":"rescheduled","amount":"0.00","reference":"R","detail":{"hold_expires_at":{"before":"{{{{first}}}}","after":"{{{{later}}}}"}}},"""
            + $$$$"""{"redemption_id":1,"kind":"rescheduled","amount":"0.00","reference":"R","detail":{"hold_expires_at":{"before":"{{{{later}}}}","after":"{{{{earlier}}}}"}}}]""");
        Assert.Equal("4", await shop.AttributeAsync(1, "version"));
    }

    [Fact]
    public async Task A_hold_that_has_ended_stays_ended()
    {
        var shop = await OpenWithHoldAsync();
        await shop.StepAsync(1, "capture");
        var refused = await shop.StepAsync(1, "extend", $$"""{"hold_expires_at":"{{later}}"}""");
        refused.ExpectProblem(409, "hold-ended");
        Assert.Contains("The redemption is captured", refused.Body, StringComparison.Ordinal);

        var soon = DateTimeOffset.UtcNow.AddMilliseconds(200).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await shop.RedeemAsync($$"""{"code":"A","amount":1,"reference":"R2","capture":false,"hold_expires_at":"{{later}}"}""");
        Assert.Equal(200, (await shop.StepAsync(2, "extend", $$"""{"hold_expires_at":"{{soon}}"}""")).Status);
        while (!(await shop.FetchAsync(Redemptions + "2/?fields=state")).Body.Contains("expired", StringComparison.Ordinal))
            await Task.Delay(20);
        (await shop.StepAsync(2, "extend", $$"""{"hold_expires_at":"{{later}}"}""")).ExpectProblem(409, "hold-ended");
        Assert.Equal("\"400.00\"", await shop.AttributeAsync(1, "balance"));
    }

    [Theory]
    [InlineData("{}", "/hold_expires_at required")]
    [InlineData("""{"hold_expires_at":null}""", "/hold_expires_at wrong_type")]
    [InlineData("""{"hold_expires_at":"2026-12-31"}""", "/hold_expires_at wrong_type")]
    [InlineData("""{"hold_expires_at":1800000000}""", "/hold_expires_at wrong_type")]
    [InlineData("""{"hold_expires_at":"2020-01-01T00:00:00Z"}""", "/hold_expires_at out_of_range")]
    [InlineData("""{"hold_expires_at":"9999-01-01T00:00:00Z"}""", "/hold_expires_at out_of_range")]
    [InlineData("""{"amount":"1.00"}""", "/amount unknown_member", "/hold_expires_at required")]
    public async Task A_body_that_names_no_end_is_refused_before_anything_is_looked_up(string body, params string[] errors)
    {
        var shop = await OpenWithHoldAsync();

        (await shop.StepAsync(1, "extend", body)).ExpectInvalid(errors);
        (await shop.StepAsync(9, "extend", body)).ExpectInvalid(errors);
        (await shop.StepAsync(9, "extend", $$"""{"hold_expires_at":"{{later}}"}""")).ExpectProblem(404, "not-found");
        (await shop.PostAsync(Redemptions + "1/extend/", $$"""{"hold_expires_at":"{{later}}"}""")).ExpectProblem(400, "invalid-request");
        Assert.Equal("2", await shop.AttributeAsync(1, "version"));
    }

    private async Task<HttpClient> OpenWithHoldAsync()
    {
        var shop = await scrip.OpenShopAsync();
        await shop.CreateAsync("""[{"code":"A","value":500}]""");
        var held = await shop.RedeemAsync($$"""{"code":"A","amount":100,"reference":"R","capture":false,"hold_expires_at":"{{first}}"}""");
        Assert.Equal(201, held.Status);
        return shop;
    }
}
