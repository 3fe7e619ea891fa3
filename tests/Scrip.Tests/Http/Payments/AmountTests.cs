using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http.Payments;

/// <summary>Amounts in requests: a decimal string or a number, taken exactly, with at most the digits of the currency.</summary>
public sealed class AmountTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("USD", "\"1\"", "1.00", "499.00")]
    [InlineData("USD", "\"1.5\"", "1.50", "498.50")]
    [InlineData("USD", "\"1.50\"", "1.50", "498.50")]
    [InlineData("USD", "\"1.500\"", "1.50", "498.50")]
    [InlineData("USD", "\"0.01\"", "0.01", "499.99")]
    [InlineData("USD", "\"007.10\"", "7.10", "492.90")]
    [InlineData("USD", "\"500.00\"", "500.00", "0.00")]
    [InlineData("USD", "0.01", "0.01", "499.99")]
    [InlineData("USD", "149.9", "149.90", "350.10")]
    [InlineData("USD", "149.900000000000000000000000000000", "149.90", "350.10")]
    [InlineData("USD", "1e2", "100.00", "400.00")]
    [InlineData("USD", "1.499E+2", "149.90", "350.10")]
    [InlineData("USD", "14990e-2", "149.90", "350.10")]
    [InlineData("JPY", "\"1\"", "1", "499")]
    [InlineData("JPY", "\"1.0\"", "1", "499")]
    [InlineData("JPY", "500", "500", "0")]
    [InlineData("JPY", "5e1", "50", "450")]
    [InlineData("KWD", "\"0.001\"", "0.001", "499.999")]
    [InlineData("KWD", "0.125", "0.125", "499.875")]
    [InlineData("KWD", "\"499.999\"", "499.999", "0.001")]
    [InlineData("KWD", "1e-3", "0.001", "499.999")]
    public async Task An_amount_is_taken_exactly_as_it_is_written(string currency, string amount, string taken, string left)
    {
        var shop = await scrip.OpenShopAsync(currency);
        await shop.CreateAsync("""[{"code":"A","value":500}]""");

        var held = await shop.RedeemAsync($$"""{"code":"A","amount":{{amount}},"reference":"R","capture":false}""");
        Assert.Contains($"\"amount\":\"{taken}\",", held.Body, StringComparison.Ordinal);
        Assert.Contains($"\"balance\":\"{left}\",", held.Body, StringComparison.Ordinal);
        var captured = await shop.StepAsync(1, "capture", $$"""{"amount":{{amount}}}""");
        Assert.Contains($"\"captured\":\"{taken}\",", captured.Body, StringComparison.Ordinal);
        var refunded = await shop.StepAsync(1, "refund", $$"""{"amount":{{amount}}}""");
        Assert.Contains($"\"refunded\":\"{taken}\",", refunded.Body, StringComparison.Ordinal);
        var check = await shop.CheckAsync($$"""{"code":"A","amount":{{amount}}}""");
        Assert.Contains("\"usable\":true", check.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USD", "0", "out_of_range")]
    [InlineData("USD", "0.00", "out_of_range")]
    [InlineData("USD", "-0", "out_of_range")]
    [InlineData("USD", "\"0\"", "out_of_range")]
    [InlineData("USD", "\"0.00\"", "out_of_range")]
    [InlineData("USD", "-1", "out_of_range")]
    [InlineData("USD", "-0.01", "out_of_range")]
    [InlineData("USD", "\"-1\"", "wrong_type")]
    [InlineData("USD", "\"+1\"", "wrong_type")]
    [InlineData("USD", "\"1.005\"", "too_many_digits")]
    [InlineData("USD", "1.005", "too_many_digits")]
    [InlineData("USD", "0.001", "too_many_digits")]
    [InlineData("USD", "1e-3", "too_many_digits")]
    [InlineData("USD", "100.000000000000000000000000001", "too_many_digits")]
    [InlineData("USD", "\"1e2\"", "wrong_type")]
    [InlineData("USD", "\"1,00\"", "wrong_type")]
    [InlineData("USD", "\"1.\"", "wrong_type")]
    [InlineData("USD", "\".5\"", "wrong_type")]
    [InlineData("USD", "\" 1\"", "wrong_type")]
    [InlineData("USD", "\"1 000\"", "wrong_type")]
    [InlineData("USD", "\"1.00 USD\"", "wrong_type")]
    [InlineData("USD", "\"١\"", "wrong_type")]
    [InlineData("USD", "\"\"", "wrong_type")]
    [InlineData("USD", "\"all\"", "wrong_type")]
    [InlineData("USD", "\"0x10\"", "wrong_type")]
    [InlineData("USD", "\"\\ud800\"", "wrong_type")]
    [InlineData("USD", "null", "wrong_type")]
    [InlineData("USD", "true", "wrong_type")]
    [InlineData("USD", "[1]", "wrong_type")]
    [InlineData("USD", "{}", "wrong_type")]
    [InlineData("USD", "\"1000000000000.01\"", "out_of_range")]
    [InlineData("USD", "1000000000001", "out_of_range")]
    [InlineData("USD", "1e13", "out_of_range")]
    [InlineData("USD", "1e999999999", "out_of_range")]
    [InlineData("USD", "1e-999999999", "too_many_digits")]
    [InlineData("USD", "\"99999999999999999999999999999999\"", "out_of_range")]
    [InlineData("USD", "9223372036854775807", "out_of_range")]
    [InlineData("JPY", "\"1.5\"", "too_many_digits")]
    [InlineData("JPY", "0.5", "too_many_digits")]
    [InlineData("JPY", "1000000000001", "out_of_range")]
    [InlineData("KWD", "\"0.0001\"", "too_many_digits")]
    [InlineData("KWD", "\"1000000000000.001\"", "out_of_range")]
    public async Task An_amount_that_is_none_is_refused_wherever_it_stands(string currency, string amount, string error)
    {
        var shop = await scrip.OpenShopAsync(currency);
        await shop.CreateAsync("""[{"code":"A","value":1000000000000}]""");
        await shop.RedeemAsync("""{"code":"A","amount":5,"reference":"R0","capture":false}""");
        await shop.RedeemAsync("""{"code":"A","amount":5,"reference":"R1"}""");

        (await shop.RedeemAsync($$"""{"code":"A","amount":{{amount}},"reference":"R"}""")).ExpectInvalid($"/amount {error}");
        (await shop.StepAsync(1, "capture", $$"""{"amount":{{amount}}}""")).ExpectInvalid($"/amount {error}");
        (await shop.StepAsync(2, "refund", $$"""{"amount":{{amount}}}""")).ExpectInvalid($"/amount {error}");
        (await shop.CheckAsync($$"""{"code":"A","amount":{{amount}}}""")).ExpectInvalid($"/amount {error}");
        Assert.Equal("3", await shop.AttributeAsync(1, "version"));
    }

    [Theory]
    [InlineData("USD", "must have at most 2 digits after the point: USD has 2.")]
    [InlineData("JPY", "must have no digits after the point: JPY has none.")]
    [InlineData("KWD", "must have at most 3 digits after the point: KWD has 3.")]
    public async Task Too_many_digits_are_told_how_many_there_may_be(string currency, string detail)
    {
        var shop = await scrip.OpenShopAsync(currency);

        Assert.Contains(
            $$"""{"pointer":"/amount","code":"too_many_digits","detail":"amount {{detail}}"}]""",
            (await shop.CheckAsync("""{"code":"A","amount":"0.00001"}""")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USD", "1000000000000.00")]
    [InlineData("JPY", "1000000000000")]
    [InlineData("KWD", "1000000000000.000")]
    public async Task The_largest_certificate_is_spent_to_the_last_digit(string currency, string all)
    {
        var shop = await scrip.OpenShopAsync(currency);
        await shop.CreateAsync("""[{"code":"A","value":1000000000000}]""");

        var paid = await shop.RedeemAsync($$"""{"code":"A","amount":"{{all}}","reference":"R"}""");

        Assert.Contains($"\"captured\":\"{all}\",", paid.Body, StringComparison.Ordinal);
        Assert.Equal($"\"{all}\"", await shop.AttributeAsync(1, "spent"));
    }
}
